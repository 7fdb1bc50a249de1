import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { parseJson } from '../../constructs/domain/json/parse-json.ts';
import { UserMistake } from '../../constructs/model/problems/problem.ts';
import { readOutputFile } from './output-files.ts';
import { type PlannedObject, readPlannedObjects } from './planned-objects.ts';
import { readPlan } from './read-plan.ts';
import { relativePath } from './step-schema.ts';

/** An output as it was read: once, and each of its files checked against the inventory of its cluster. */
export interface Output {
  readonly directory: string;
  readonly plan: PlanJson;
  /** The objects that are applied directly, in the order of `objects.tsv`. */
  readonly objects: readonly PlannedObject[];
  /**
   * The text of a file of the output: `host/20-control-plane/istiod.yaml`. For a directory, its manifests as one text of
   * several documents, in the order of its kustomization.
   */
  readonly textOf: (path: string) => string;
  /** A checksum of everything that a run does in a cluster: it changes with every file and every step. */
  readonly checksumOf: (cluster: string) => string;
}

const inventorySchema = z.object({
  files: z.array(z.object({ path: relativePath, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

const kustomizationSchema = z.object({ resources: z.array(z.string()).min(1) });

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads an output as a whole, before anything is changed: what is replaced on the disk later changes nothing in this run.
 *
 * @throws UserMistake when a file is missing, or is not the one that synth has written
 */
export function readOutput(directory: string): Output {
  const plan = readPlan(directory);
  const objects = readPlannedObjects(directory);
  const files = new Map<string, string>();
  const checksums = new Map<string, string>();
  for (const cluster of new Set(plan.steps.map(({ target }) => target.name))) {
    const inventory = readOutputFile(directory, `${cluster}/inventory.json`);
    for (const [path, text] of readFiles(directory, cluster, inventory)) files.set(path, text);
    const steps = plan.steps.filter(({ target }) => target.name === cluster);
    // Contexts are the operator's own, and a lock may learn the UIDs later: neither changes what is applied.
    const bare = steps.map((step) => ({ ...step, target: cluster }));
    checksums.set(cluster, sha256(`${inventory}${JSON.stringify(bare)}`));
  }
  const texts = new Map(
    plan.steps.flatMap((step) => ('path' in step ? [[step.path, textOf(directory, files, step.path)] as const] : [])),
  );
  return {
    directory,
    plan,
    objects,
    textOf: (path) => texts.get(path) ?? textOf(directory, files, path),
    checksumOf: (cluster) => checksums.get(cluster) ?? '',
  };
}

function readFiles(directory: string, cluster: string, inventory: string): readonly (readonly [string, string])[] {
  const { success, data } = inventorySchema.safeParse(parseJson(inventory));
  if (!success) throw new UserMistake(`${directory}/${cluster}/inventory.json is not one that synth writes`);
  return data.files.map((file) => {
    const path = `${cluster}/${file.path}`;
    const text = readOutputFile(directory, path);
    if (sha256(text) === file.sha256) return [path, text] as const;
    throw new UserMistake(`${directory}/${path} is not as synth has written it; synthesize again`);
  });
}

function textOf(directory: string, files: ReadonlyMap<string, string>, path: string): string {
  const text = files.get(path);
  if (text !== undefined) return text;
  const order = orderOf(files.get(`${path}/kustomization.yaml`) ?? '');
  const texts = order?.map((file) => files.get(`${path}/${file}`));
  if (texts === undefined || texts.includes(undefined))
    throw new UserMistake(`${directory}: no inventory has the files of ${path}; synthesize again`);
  return texts.join('---\n');
}

// Null if the text is not that of a kustomization, or not even YAML.
function orderOf(kustomization: string): readonly string[] | null {
  try {
    return kustomizationSchema.safeParse(parse(kustomization)).data?.resources ?? null;
  } catch {
    return null;
  }
}

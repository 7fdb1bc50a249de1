import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSubstitutes } from '../build/chosen.ts';
import type { Synthesized } from '../environment.ts';
import { REPOSITORY } from '../machine/paths.ts';
import { say } from '../machine/wait.ts';
import { synthesize, type Variation } from '../product/synthesize.ts';
import type { SuiteRow } from '../tables/suite.ts';
import { type Group, substitutesOf } from './groups.ts';

/** A group, and the output that its suites read. */
export interface GroupWithOutputs {
  readonly group: Group;
  readonly outputs: readonly Synthesized[];
}

/** Runs the product for the groups before any cluster starts, so that a refusal fails first. */
export async function synthesizeFor(groups: readonly Group[]): Promise<GroupWithOutputs[]> {
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-output-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  const isNeeded = groups.some((group) => group.suites.some((suite) => suite.output));
  const ofRepository = isNeeded ? await synthesizeAll(root) : [];
  const ready: GroupWithOutputs[] = [];
  for (const group of groups) {
    const outputs = await withSubstitutes(substitutesOf(group), async () =>
      group.mesh === undefined
        ? [...ofRepository, ...(await synthesizeOwn(group.suites, root))]
        : await synthesizeMesh(group, group.mesh, root),
    );
    ready.push({ group, outputs });
  }
  return ready;
}

/** The outputs that a suite reads: its own, and those of the repository's declarations if it asks for them. */
export function outputsOf(suite: SuiteRow, outputs: readonly Synthesized[]): Synthesized[] {
  return outputs.filter((one) => (one.suite === undefined ? suite.output : one.suite === suite.name));
}

async function synthesizeOwn(suites: readonly SuiteRow[], root: string): Promise<Synthesized[]> {
  const outputs: Synthesized[] = [];
  for (const { name, variations = [] } of suites) {
    for (const variation of variations) {
      const { declaration, federation } = variation;
      say(`synthesizing ${[declaration, federation?.engine].filter((one) => one !== undefined).join(' for ')}`);
      outputs.push({ ...(await synthesize(variation, join(root, name))), suite: name });
    }
  }
  return outputs;
}

async function synthesizeMesh(group: Group, mesh: Variation, root: string): Promise<Synthesized[]> {
  say(`synthesizing ${mesh.declaration}${mesh.installer === undefined ? '' : ` for ${mesh.installer}`}`);
  const output = await synthesize(mesh, join(root, group.suites.map(({ name }) => name).join('-')));
  return group.suites.map(({ name }) => ({ ...output, suite: name }));
}

async function synthesizeAll(root: string): Promise<Synthesized[]> {
  const declarations = declarationsOfRepository();
  say(`synthesizing ${declarations.join(', ')}`);
  const outputs: Synthesized[] = [];
  for (const declaration of declarations) {
    outputs.push(await synthesize({ declaration }, root));
  }
  return outputs;
}

function declarationsOfRepository(): string[] {
  const examples = join(REPOSITORY, 'examples');
  const names = existsSync(examples) ? readdirSync(examples).filter((name) => name.endsWith('.yaml')) : [];
  const found = ['federation.yaml', ...names.sort().map((name) => `examples/${name}`)].filter((path) =>
    existsSync(join(REPOSITORY, path)),
  );
  const declarations = found.filter((path) => !path.endsWith('.lock.yaml'));
  if (declarations.length === 0) throw new Error('there is no federation.yaml and no example to synthesize');
  return declarations;
}

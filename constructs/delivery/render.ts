import type { DefinedFile } from '../charts/define.ts';
import { findKeyMaterial } from '../domain/kubernetes/key-material.ts';
import { UserMistake } from '../model/problems/problem.ts';
import type { EngineConditions } from '../plan/conditions/engine-conditions.ts';
import type { Plan } from '../plan/plan.ts';
import { renderChecksums } from './checksums.ts';
import { type OutputOwner, renderOutputList } from './directory/output-list.ts';
import { renderEffective } from './effective.ts';
import { type GitopsDelivery, renderGitops } from './gitops/entry-points.ts';
import { renderHelmValues } from './helm-values.ts';
import { renderInventories } from './inventory.ts';
import { renderKustomizations } from './kustomizations.ts';
import { renderManifests } from './manifests.ts';
import type { OutputFile, TargetFile } from './output-file.ts';
import { renderScripts } from './scripts.ts';
import { renderEndpointTables } from './tables/endpoint-tables.ts';
import { renderGatesTable } from './tables/gates-table.ts';
import { renderObjectsTable } from './tables/objects-table.ts';
import { renderPlanJson } from './tables/plan-json.ts';
import { renderPlanTable } from './tables/plan-table.ts';

/** The whole output in memory. */
export interface Output {
  /** Whose output it is. */
  readonly owner: OutputOwner;
  readonly files: readonly OutputFile[];
  /** The files that lie in a wave's directory of a target. */
  readonly targetFiles: readonly TargetFile[];
}

/** The parts of the output that the federation's engines write. */
export interface DeliverySlices {
  readonly conditions: EngineConditions;
  /** Null if the federation has no GitOps engine. */
  readonly gitops: GitopsDelivery | null;
}

/**
 * Renders the whole output.
 *
 * @throws UserMistake when a file would hold a secret
 */
export function renderOutput(plan: Plan, defined: readonly DefinedFile[], slices: DeliverySlices): Output {
  const { federation, files: planned, steps, effective, endpoints, gitops } = plan;
  const manifests = renderManifests(federation.declaration, defined);
  const targetFiles = [
    ...manifests,
    ...renderHelmValues(federation.declaration, planned),
    ...renderKustomizations(federation, manifests),
  ];
  const files = [
    ...targetFiles,
    ...renderInventories(federation, targetFiles),
    renderPlanTable(steps),
    renderPlanJson(federation, steps, gitops),
    renderObjectsTable(manifests),
    renderGatesTable(plan, manifests, slices.conditions),
    ...renderEndpointTables(endpoints, federation.istio.clusterDomain),
    ...renderEffective(federation.declaration, effective),
    ...renderGitops(federation, gitops, targetFiles, slices.gitops),
  ];
  refuseSecrets(files);
  // Nothing of the declaration is in the scripts: a test reads them.
  const read = [...files, ...renderScripts()];
  const all = [...read, renderChecksums(targetFiles, read)];
  refuseRepeatedPaths(all);
  return {
    owner: { federation: federation.name, declaration: federation.declaration },
    files: [...all, renderOutputList(federation, all)],
    targetFiles,
  };
}

function refuseRepeatedPaths(files: readonly OutputFile[]): void {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (paths.has(path)) throw new Error(`two files of the output have the path ${path}`);
    paths.add(path);
  }
}

// The rules have refused every secret in a manifest. This check reads the rendered bytes, whatever produced them.
function refuseSecrets(files: readonly OutputFile[]): void {
  for (const { path, content } of files) {
    const secret = findKeyMaterial(content);
    if (secret !== null) throw new UserMistake(`${path} would hold ${secret}: nothing was written`);
  }
}

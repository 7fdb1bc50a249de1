import { type EngineSlice, engines } from './engines/index.ts';
import { type GitopsSlice, gitopsEngines } from './gitops/index.ts';
import type { Federation } from './model/federation.ts';
import type { ModelSlices } from './model/slices.ts';
import { type TrustSlice, trustBackends } from './trust/index.ts';

/** Every engine, every trust backend and every GitOps engine, as the model knows them. */
export const modelSlices: ModelSlices = {
  engines: engines.map(({ model }) => model),
  trusts: trustBackends.map(({ model }) => model),
  gitops: gitopsEngines.map(({ model }) => model),
};

/** The engine of a federation. */
export function engineOf({ engine }: Federation): EngineSlice {
  return rowOf(engines, engine.name);
}

/** The trust backend of a federation. */
export function trustOf({ trust }: Federation): TrustSlice {
  return rowOf(trustBackends, trust.name);
}

/** The GitOps engine of a federation, or null. */
export function gitopsOf({ gitops }: Federation): GitopsSlice | null {
  return gitops === null ? null : (gitopsEngines.find(({ model }) => model === gitops.engine) ?? null);
}

function rowOf<T extends EngineSlice | TrustSlice>(table: readonly T[], name: string): T {
  const row = table.find(({ model }) => model.facts.name === name);
  if (row === undefined) throw new Error(`no table has a row for ${name}`);
  return row;
}

import { existsSync, lstatSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { checkShape, type ShapeResult } from './declaration/check-shape.ts';
import { type Declaration, makeDeclarationSchema } from './declaration/declaration.ts';
import { type Lock, lockSchema } from './declaration/lock.ts';
import { lockPathOf } from './documents/lock-path.ts';
import { displayName, findProject, type Project } from './documents/project.ts';
import { fileProblem, readDocument } from './documents/read-document.ts';
import { describeSystemError } from './documents/read-text.ts';
import type { YamlDocument } from './documents/yaml-source.ts';
import type { Federation } from './federation.ts';
import { readConstructs, type WorkloadConstructs } from './manifests/read-constructs.ts';
import { readManifests } from './manifests/read-manifests.ts';
import { customKindsOf, toManifests } from './manifests/to-manifests.ts';
import { type Problem, ProblemsError } from './problems/problem.ts';
import { resolveFederation } from './resolution/resolve.ts';
import { problemsOf, warningsOf } from './rules/judge.ts';
import type { ModelSlices } from './slices.ts';

/** A federation that is ready to be planned, and the warnings for its users. */
export interface LoadedFederation {
  readonly federation: Federation;
  readonly warnings: readonly Problem[];
}

/**
 * Reads a declaration, its lock and its manifests, and checks all of them.
 *
 * @param path the declaration's file
 * @param slices the engines and the trust backends that it may name
 * @param constructs workloads written in TypeScript; a workload may have manifests, too
 * @throws ProblemsError with every mistake at once
 */
export function loadFederation(path: string, slices: ModelSlices, constructs: WorkloadConstructs): LoadedFederation {
  const project = findDeclaration(path);
  const file = displayName(project, project.declaration);
  const read = readDocument(file, project.declaration);
  if (read.kind === 'problem') throw new ProblemsError(file, [read.problem]);
  const { document } = read;
  const shape = checkShape<Declaration>(makeDeclarationSchema(slices), document);
  const lock = readLock(project);
  const reads = [...readManifests(shape.draft, project), ...readConstructs(shape.draft, constructs)];
  const manifests = toManifests(reads);
  const customKinds = customKindsOf(manifests);
  const evidence = {
    project,
    document,
    declaration: shape.draft,
    lock: lock.draft,
    lockDocument: lock.document,
    reads,
    manifests,
    customKinds,
    constructs: Object.keys(constructs),
    slices,
    engine: slices.engines.find(({ facts }) => facts.name === shape.draft.federation?.engine) ?? null,
    trust: slices.trusts.find(({ facts }) => facts.name === shape.draft.trust?.cacerts) ?? null,
  };
  const problems = [...read.problems, ...shape.problems, ...lock.problems, ...problemsOf(evidence)];
  if (problems.length > 0 || shape.value === null || lock.value === null) throw new ProblemsError(file, problems);
  return {
    federation: resolveFederation(evidence, { file, declaration: shape.value, lock: lock.value }),
    warnings: warningsOf(evidence),
  };
}

function findDeclaration(path: string): Project {
  try {
    return findProject(path);
  } catch (error) {
    const texts = {
      got: describeSystemError(error),
      expected: 'a declaration of a federation',
      fix: adviseOnMissing(path),
    };
    throw new ProblemsError(path, [fileProblem(path, 'declaration-exists', texts)]);
  }
}

// Somebody may stand in a directory of the project.
function adviseOnMissing(path: string): string {
  const above = ['..', '../..', '../../..'].map((up) => `${up}/${path}`).find((one) => existsSync(one));
  return above === undefined || isAbsolute(path)
    ? 'create it, or name another file with -f FILE'
    : `there is one above this directory: -f ${above}`;
}

type LockRead = ShapeResult<Lock> & { readonly document: YamlDocument | null };

/** `federation.lock.yaml` next to `federation.yaml`. A missing lock counts as an empty one. */
function readLock(project: Project): LockRead {
  const path = lockPathOf(project.declaration);
  const nothing = { draft: { clusters: {} }, document: null };
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined)
    return { ...nothing, value: { clusters: {} }, problems: [] };
  const read = readDocument(displayName(project, path), path);
  if (read.kind === 'problem') return { ...nothing, value: null, problems: [read.problem] };
  const shape = checkShape<Lock>(lockSchema, read.document);
  return { ...shape, problems: [...read.problems, ...shape.problems], document: read.document };
}

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Construct } from 'constructs';
import { UserMistake, type WorkloadConstructs } from '../../constructs/index.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';
import { attemptUserCode } from './user-code.ts';

/** The file in which a project keeps its workloads that are constructs. */
const usualModule = 'constructs/workloads.ts';

/**
 * The workloads of a project that are constructs: the export `workloads` of a module.
 *
 * @param project the directory of the project
 * @param named a module; it must exist. @default - `constructs/workloads.ts` of the project, if it exists
 * @throws UserMistake when the module does not exist, or does not export `workloads`
 */
export function loadUserWorkloads(project: string, named: string | undefined): WorkloadConstructs {
  const path = named === undefined ? join(project, usualModule) : resolve(named);
  if (!existsSync(path)) {
    if (named === undefined) return {};
    throw new UserMistake(`there is no module ${escapeInvisible(path)}: name one that exports workloads`);
  }
  const { workloads } = attemptUserCode(project, `${escapeInvisible(path)} cannot be loaded`, () =>
    importModule(project, path),
  );
  if (typeof workloads === 'object' && workloads !== null)
    return withPlaces(project, path, workloads as WorkloadConstructs);
  throw new UserMistake(
    `${escapeInvisible(path)} does not export workloads: export const workloads: WorkloadConstructs = {}`,
  );
}

// An error in a user's construct is told with its place, and without the frames of this program.
function withPlaces(project: string, path: string, workloads: WorkloadConstructs): WorkloadConstructs {
  const entries = Object.entries(workloads).map(([name, define]) => {
    const what = `the workload ${escapeInvisible(name)} of ${escapeInvisible(path)} ends with an error`;
    const attempt: typeof define = (scope) => attemptUserCode(project, what, () => callDefine(define, scope));
    return [name, attempt] as const;
  });
  return Object.fromEntries(entries);
}

// What a module exports is not known to have the type that it should have.
function callDefine(define: unknown, scope: Construct): void {
  if (typeof define !== 'function') throw new TypeError('it is not a function that defines objects');
  const result: unknown = define(scope);
  if (result instanceof Promise) throw new TypeError('it is async: its objects would come too late');
}

function importModule(project: string, path: string): { readonly workloads?: unknown } {
  const requireOfProject = createRequire(join(project, 'package.json'));
  if (!/\.[cm]?ts$/.test(path)) return requireOfProject(path);
  return typeScriptOf(requireOfProject).require(path, join(project, 'package.json')) as {
    readonly workloads?: unknown;
  };
}

/** The part of `tsx/cjs/api` that loads a module. */
interface TypeScriptLoader {
  readonly require: (path: string, from: string) => unknown;
}

// The project's own loader: this package has none.
function typeScriptOf(requireOfProject: NodeJS.Require): TypeScriptLoader {
  try {
    return requireOfProject('tsx/cjs/api') as TypeScriptLoader;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UserMistake(
      'constructs in TypeScript need tsx, which is not installed: npm install, or npm install --save-exact tsx',
    );
  }
}

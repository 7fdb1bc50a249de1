import { type GoModule, MODULES, type ModuleName } from '../tables/modules.ts';

/** Rows of the module table that are replaced by another row: an older pin, or the version that a suite asks for. */
export type Substitutes = Readonly<Partial<Record<ModuleName, ModuleName>>>;

// In the environment: suites and the runners that they start are separate processes and must use the same programs.
const VARIABLE = 'E2E_SUBSTITUTES';

/** The replaced rows of this process, which also apply to the processes that it starts. */
export function substitutes(): Substitutes {
  return JSON.parse(process.env[VARIABLE] ?? '{}') as Substitutes;
}

/** Replaces rows from now on. */
export function substitute(rows: Substitutes): void {
  process.env[VARIABLE] = JSON.stringify(rows);
}

/** Does some work with additional replaced rows. */
export async function withSubstitutes<T>(rows: Substitutes, work: () => Promise<T>): Promise<T> {
  const before = substitutes();
  substitute({ ...before, ...rows });
  try {
    return await work();
  } finally {
    substitute(before);
  }
}

/** The row of a module, or its replacement. */
export function rowFor(name: ModuleName): GoModule {
  return rowNamed(substitutes()[name] ?? name);
}

/** The version of a module that is actually built and run. */
export function versionOf(name: ModuleName): string {
  return rowFor(name).version;
}

/**
 * The version for a reader, with its place in the module's history if no tag gives it:
 * `1.30.4 (release-1.30 at 9739e10eb9d7)`.
 */
export function versionInWords(name: ModuleName): string {
  const { version, source } = rowFor(name);
  return source === undefined ? version : `${version} (${source})`;
}

/** The row of exactly this name. */
export function rowNamed(name: string): GoModule & { readonly name: ModuleName } {
  const found = MODULES.find((row) => row.name === name);
  if (found === undefined) throw new Error(`no module ${name} in the table`);
  return found;
}

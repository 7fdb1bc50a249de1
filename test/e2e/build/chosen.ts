import { type GoModule, MODULES, type ModuleName } from '../tables/modules.ts';

/** Which row of the module table stands for another one: an older pin, or the version that a suite asks for. */
export type Substitutes = Readonly<Partial<Record<ModuleName, ModuleName>>>;

// In the environment: suites and the runners that they start are processes of their own, and must use the same programs.
const VARIABLE = 'E2E_SUBSTITUTES';

/** The rows that stand for others in this process, and in those that it starts. */
export function substitutes(): Substitutes {
  return JSON.parse(process.env[VARIABLE] ?? '{}') as Substitutes;
}

/** Lets rows stand for others, from now on. */
export function substitute(rows: Substitutes): void {
  process.env[VARIABLE] = JSON.stringify(rows);
}

/** Does some work with rows standing for others, beside those that stand for others anyway. */
export async function withSubstitutes<T>(rows: Substitutes, work: () => Promise<T>): Promise<T> {
  const before = substitutes();
  substitute({ ...before, ...rows });
  try {
    return await work();
  } finally {
    substitute(before);
  }
}

/** The row of a module, or the one that stands for it. */
export function rowFor(name: ModuleName): GoModule {
  return rowNamed(substitutes()[name] ?? name);
}

/** The version of a module that is really built and run. */
export function versionOf(name: ModuleName): string {
  return rowFor(name).version;
}

/** The same for a reader, with its place in history where no tag says that: `1.30.4 (release-1.30 at 9739e10eb9d7)`. */
export function versionInWords(name: ModuleName): string {
  const { version, source } = rowFor(name);
  return source === undefined ? version : `${version} (${source})`;
}

/** The row of this very name. */
export function rowNamed(name: string): GoModule & { readonly name: ModuleName } {
  const found = MODULES.find((row) => row.name === name);
  if (found === undefined) throw new Error(`no module ${name} in the table`);
  return found;
}

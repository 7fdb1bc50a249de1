import type { Substitutes } from '../build/chosen.ts';
import type { Variation } from '../product/synthesize.ts';
import type { ModuleName } from './modules.ts';

/** Clusters with nodes, only API servers, or nothing: such a suite starts and kills its own runners. */
export type SuiteForm = 'nodes' | 'light' | 'none';

/** A suite: its requirements, and its description for the pages. */
export interface SuiteRow {
  readonly name: string;
  /** Directory of its file, which several rows may share. @default - the name */
  readonly directory?: string;
  /** Forms on which it can run, the usual one first. */
  readonly forms: readonly [SuiteForm, ...SuiteForm[]];
  /** Rows of the cluster table, or those that the examples name. With form `none`, those that it starts itself. */
  readonly clusters: readonly string[] | 'of the examples';
  /** Modules besides those of the servers. */
  readonly modules: readonly ModuleName[];
  /** Replaced rows of the module table: the versions that the suite runs. @default - none */
  readonly substitutes?: Substitutes;
  /** Whether it reads the product's output for the repository's declarations. */
  readonly output: boolean;
  /** Further declarations, with or without changes, whose output it reads. @default - none */
  readonly variations?: readonly Variation[];
  /** The mesh that it installs on empty clusters, which no other suite uses. @default - none */
  readonly mesh?: Variation;
  /** Whether it is part of every run, or only of `--all` and `--only`. */
  readonly core: boolean;
  /**
   * Budget on a warm machine with two cores. It includes the suite's own clusters, but not shared ones. A suite that
   * takes longer has become too slow.
   */
  readonly minutes: number;
}

/** The directory of a suite's file. */
export function directoryOf({ name, directory = name }: SuiteRow): string {
  return directory;
}

/** The suite of this name, or all suites in the directory of this name. */
export function suitesNamed(suites: readonly SuiteRow[], name: string): SuiteRow[] {
  const found = suites.filter((row) => row.name === name || directoryOf(row) === name);
  if (found.length > 0) return found;
  const names = [...suites.map((row) => row.name), ...suites.flatMap((row) => row.directory ?? [])];
  throw new Error(`no suite ${JSON.stringify(name)}; there are ${[...new Set(names)].join(', ')}`);
}

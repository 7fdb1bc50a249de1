import { rowNamed } from '../build/chosen.ts';
import type { SuiteRow } from '../tables/suite.ts';
import { SUITES } from '../tables/suites.ts';
import { rowsFor } from './choose.ts';
import { groupsOf } from './groups.ts';

/** The cost that a suite adds to a run, in minutes on two cores. */
export interface Cost {
  /** Minutes if everything is built. */
  readonly warm: number;
  /** Minutes if nothing is built, including the programs that no earlier suite has needed. */
  readonly cold: number;
}

/**
 * The costs of all suites: those of the core in the order in which they run, and each of the others as an addition to
 * the core alone.
 */
export function suiteCosts(): ReadonlyMap<string, Cost> {
  const built = new Set<string>();
  const core = groupsOf(
    SUITES.filter((suite) => suite.core),
    false,
  ).flatMap((group) => group.suites);
  const costs = new Map(core.map((suite) => [suite.name, costOf(suite, built)]));
  for (const suite of SUITES.filter((one) => !one.core)) costs.set(suite.name, costOf(suite, new Set(built)));
  return costs;
}

// Adds the modules that the suite builds to `built`.
function costOf(suite: SuiteRow, built: Set<string>): Cost {
  const rows = groupsOf([suite], false).flatMap((group) => rowsFor(group));
  const missing = rows.filter((row) => !built.has(row));
  for (const row of missing) built.add(row);
  const building = missing.reduce((sum, row) => sum + rowNamed(row).minutes, 0);
  return { warm: suite.minutes, cold: rounded(suite.minutes + building) };
}

const rounded = (minutes: number): number => Math.round(minutes * 10) / 10;

import { rowNamed } from '../build/chosen.ts';
import { SUITES, type SuiteRow } from '../tables/suites.ts';
import { rowsFor } from './choose.ts';
import { groupsOf } from './groups.ts';

/** What a suite adds to a run, in minutes on two cores. */
export interface Cost {
  /** Where everything is built. */
  readonly warm: number;
  /** Where nothing is: with the programs that no suite before it has needed. */
  readonly cold: number;
}

/** The costs of all suites: the core's in the order in which they run, each of the others beside the core alone. */
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

// Adds to `built` what the suite builds.
function costOf(suite: SuiteRow, built: Set<string>): Cost {
  const rows = groupsOf([suite], false).flatMap((group) => rowsFor(group));
  const missing = rows.filter((row) => !built.has(row));
  for (const row of missing) built.add(row);
  const building = missing.reduce((sum, row) => sum + rowNamed(row).minutes, 0);
  return { warm: suite.minutes, cold: rounded(suite.minutes + building) };
}

const rounded = (minutes: number): number => Math.round(minutes * 10) / 10;

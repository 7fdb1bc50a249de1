import { moduleFile, program } from '../build/go.ts';
import { CHARTS, type ChartRow, chartVersion } from '../tables/charts.ts';

/** The row of a chart. */
export function chartRow(name: string): ChartRow {
  const row = CHARTS.find((one) => one.name === name);
  if (row === undefined) throw new Error(`no chart ${name}; there are ${CHARTS.map((one) => one.name).join(', ')}`);
  return row;
}

/**
 * A chart from its source instead of its repository. It is the same chart except for the versions and images that a
 * release writes into it, so the version must be the source's.
 */
export function chartSource(name: string, version: string): string {
  const row = chartRow(name);
  const built = chartVersion(row);
  if (version !== built) throw new Error(`chart ${name} is available as ${built}, not as ${version}`);
  return moduleFile(row.module, row.path);
}

/** The words of a helm command. */
export function helmCommand(words: readonly string[]): string[] {
  return [program('helm', 'helm'), ...words];
}

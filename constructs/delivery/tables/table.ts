import type { OutputFile } from '../output-file.ts';

// bash merges adjacent tabs, so an empty value is written as a dash.
function renderRow(values: readonly (string | null)[]): string {
  return values.map((value) => (value === null || value === '' ? '-' : value)).join('\t');
}

/** A table of the output: a header row, with tabs between the values. Values contain neither tabs nor line ends. */
export function renderTable(
  path: string,
  header: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): OutputFile {
  const broken = rows.flatMap((row) => row.find((value) => value !== null && /[\t\n\r]/.test(value)) ?? [])[0];
  if (broken !== undefined) throw new Error(`${path}: a value with a tab or a line end: ${JSON.stringify(broken)}`);
  return { path, content: `${[header, ...rows].map(renderRow).join('\n')}\n` };
}

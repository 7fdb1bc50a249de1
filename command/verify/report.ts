import type { Problem } from '../../operations/clusters/problem.ts';
import type { Verdict, VerdictRow } from '../../operations/verify/verify.ts';

const header = ['client', 'service', 'serving', 'endpoint', 'state', 'calls'] as const;

/** The rows as a table for people. */
export function renderTable(rows: readonly VerdictRow[]): string {
  const cells = [
    header,
    ...rows.map(({ client, service, port, serving, endpoint, state, calls }) => [
      client,
      `${service}:${port}`,
      serving ?? '-',
      endpoint,
      state,
      calls === null ? '-' : String(calls),
    ]),
  ];
  const widths = header.map((_, column) => cells.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0));
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2))
      .join('')
      .trimEnd();
  return `${cells.map(lineOf).join('\n')}\n`;
}

/** The problems below a line with their number; nothing if there is none. */
export function renderProblems(problems: readonly Problem[]): string {
  if (problems.length === 0) return '';
  const count = `error: ${problems.length} problem${problems.length === 1 ? '' : 's'}`;
  return `${[count, ...problems.map(({ problem, fix }) => `  ${problem}\n    fix: ${fix}`)].join('\n')}\n`;
}

/** The result as one document of JSON. */
export function renderJson({ rows, problems }: Verdict): string {
  return `${JSON.stringify({ ok: problems.length === 0, endpoints: rows, problems })}\n`;
}

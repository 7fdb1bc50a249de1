import { type Problem, renderProblems } from '../model/problems/problem.ts';
import type { Plan } from '../plan/plan.ts';
import { waves } from '../plan/waves.ts';
import { filesByTarget } from './files-by-target.ts';
import type { Output } from './render.ts';

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The final report of a synth: a line per cluster, the warnings, and the next steps. */
export function renderSummary(
  { federation }: Plan,
  output: Output,
  warnings: readonly Problem[],
  directory: string,
): string {
  const rows = [...filesByTarget(federation, output.targetFiles)].map(([name, own]) => {
    const numbers = own.map(({ wave }) => waves[wave].directory.slice(0, 2)).sort();
    const objects = own.reduce((sum, file) => sum + file.objects.length, 0);
    return [name, [...new Set(numbers)].join(' '), String(objects), String(own.length)];
  });
  const paragraphs = [
    `${federation.name}: ${output.files.length} files from ${federation.declaration} in ${directory}/`,
    columns([['cluster', 'waves', 'objects', 'files'], ...rows]),
    ...(warnings.length === 0 ? [] : [renderProblems(federation.declaration, warnings, 'warning')]),
    `next: review ${directory}/ (git diff ${directory}), then apply it: ${directory}/apply.sh (docs/scripts.md)`,
  ];
  return paragraphs.join('\n\n');
}

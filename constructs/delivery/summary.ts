import { pageOf } from '../model/problems/pages.ts';
import { escapeInvisible } from '../model/problems/printable.ts';
import { type Problem, type ProblemView, renderProblems } from '../model/problems/problem.ts';
import type { Plan } from '../plan/plan.ts';
import { waves } from '../plan/waves.ts';
import { filesByTarget } from './files-by-target.ts';
import type { Output } from './render.ts';
import { shellWord } from './shell-word.ts';

/** The size of an output in numbers. */
export interface Summary {
  readonly federation: string;
  readonly declaration: string;
  /** Number of all files. */
  readonly files: number;
  readonly clusters: readonly ClusterSummary[];
}

/** The size of the output of a cluster, or of an engine's own API server. */
export interface ClusterSummary {
  readonly name: string;
  /** Directories of the waves that have files. */
  readonly waves: readonly string[];
  readonly objects: number;
  readonly files: number;
}

/** Counts the files and objects of an output. */
export function summarize({ federation }: Plan, output: Output): Summary {
  const clusters = [...filesByTarget(federation, output.targetFiles)].map(([name, own]) => ({
    name,
    waves: [...new Set(own.map(({ wave }) => waves[wave].directory).sort())],
    objects: own.reduce((sum, file) => sum + file.objects.length, 0),
    files: own.length,
  }));
  return { federation: federation.name, declaration: federation.declaration, files: output.files.length, clusters };
}

/**
 * The final report of a synth: a line per cluster, the warnings, and the next steps.
 *
 * @param directory of the output, as the user's shell knows it
 * @param view of the warnings. @default - plain text
 */
export function renderSummary(
  { federation, declaration, files, clusters }: Summary,
  warnings: readonly Problem[],
  directory: string,
  view?: ProblemView,
): string {
  const rows = clusters.map(({ name, waves: own, objects, files: count }) => {
    const numbers = own.map((wave) => wave.slice(0, 2)).join(' ');
    return [name, numbers, String(objects), String(count)];
  });
  const paragraphs = [
    `${federation}: ${files} files from ${declaration} in ${escapeInvisible(directory)}/`,
    columns([['cluster', 'waves', 'objects', 'files'], ...rows]),
    ...(warnings.length === 0 ? [] : [renderProblems(declaration, warnings, 'warning', view)]),
    nextSteps(directory),
  ];
  return paragraphs.join('\n\n');
}

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

// Without `git add -N`, git diff does not show new files.
function nextSteps(directory: string): string {
  const name = shellWord(directory);
  const review = `git add -N ${name} && git diff ${name}`;
  return `next: review the change: ${review}\n      then apply it: npx mesh-federation apply -o ${name} (${pageOf('operations.md')})`;
}

import { groupBy } from '../domain/group-by.ts';
import { pageOf } from '../model/problems/pages.ts';
import { escapeInvisible } from '../model/problems/printable.ts';
import { type Problem, type ProblemView, renderProblems } from '../model/problems/problem.ts';
import type { GitopsPlan } from '../plan/gitops/gitops-plan.ts';
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
  /** Absent in a federation without a GitOps engine. */
  readonly gitops?: GitopsSummary;
}

/** The size of the output of a cluster, or of an engine's own API server. */
export interface ClusterSummary {
  readonly name: string;
  /** Directories of the waves that have files. */
  readonly waves: readonly string[];
  readonly objects: number;
  readonly files: number;
}

/** The GitOps engine that applies the output, and the number of tasks that Git cannot do. */
export interface GitopsSummary {
  readonly engine: string;
  /** How often each task is to be done that Git cannot do. */
  readonly bootstrap: Readonly<Record<string, number>>;
}

/** Counts the files and objects of an output. */
export function summarize({ federation, gitops }: Plan, output: Output): Summary {
  const clusters = [...filesByTarget(federation, output.targetFiles)].map(([name, own]) => ({
    name,
    waves: [...new Set(own.map(({ wave }) => waves[wave].directory).sort())],
    objects: own.reduce((sum, file) => sum + file.objects.length, 0),
    files: own.length,
  }));
  const { name, declaration } = federation;
  const summary = { federation: name, declaration, files: output.files.length, clusters };
  return gitops === null ? summary : { ...summary, gitops: gitopsSummary(gitops) };
}

/**
 * The final report of a synth: a line per cluster, the warnings, and the next steps.
 *
 * @param directory of the output, as the user's shell knows it
 * @param view of the warnings. @default - plain text
 */
export function renderSummary(
  { federation, declaration, files, clusters, gitops }: Summary,
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
    ...(gitops === undefined ? [] : [columns([['not in Git', 'times'], ...countsOf(gitops)])]),
    nextSteps(directory, gitops),
  ];
  return paragraphs.join('\n\n');
}

function gitopsSummary({ gitops: { engine }, bootstrap }: GitopsPlan): GitopsSummary {
  const tasks = [...groupBy(bootstrap, ({ task }) => task)].map(([task, all]) => [task, all.length] as const);
  return { engine: engine.title, bootstrap: Object.fromEntries(tasks) };
}

const countsOf = ({ bootstrap }: GitopsSummary): readonly (readonly string[])[] =>
  Object.entries(bootstrap).map(([task, count]) => [task, String(count)]);

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
function nextSteps(directory: string, gitops: GitopsSummary | undefined): string {
  const name = shellWord(directory);
  const review = `git add -N ${name} && git diff ${name}`;
  if (gitops !== undefined)
    return `next: review the change: ${review}\n      then push it: ${gitops.engine} applies it (${pageOf('gitops.md')})`;
  return `next: review the change: ${review}\n      then apply it: npx mesh-federation apply -o ${name} (${pageOf('operations.md')})`;
}

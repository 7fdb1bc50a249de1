import { escapeInvisible } from './printable.ts';

/** Location of a problem: a file as the user knows it, line and column from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One mistake, with everything that a reader needs to fix it. Each text is a single harmless line. */
export interface Problem {
  readonly at: Location;
  /** Path of the value as the user typed it, with names in place of positions: `clusters.member.gateway.port`. */
  readonly path: string;
  /** Kebab-case id of the rule, listed in docs/rules.md. */
  readonly rule: string;
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
}

/** A mistake of the user. Its message says everything, so it is printed without a stack. */
export class UserMistake extends Error {}

/** Thrown with all mistakes in a declaration, its lock and its manifests at once. */
export class ProblemsError extends UserMistake {
  /** The declaration. */
  readonly file: string;
  readonly problems: readonly Problem[];

  /** `file` is the declaration; problems may also be in other files. */
  constructor(file: string, problems: readonly Problem[]) {
    super(renderProblems(file, problems, 'problem'));
    this.name = 'ProblemsError';
    this.file = file;
    this.problems = problems;
  }
}

function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.at.file, b.at.file) ||
    a.at.line - b.at.line ||
    a.at.column - b.at.column ||
    compareText(a.path, b.path) ||
    compareText(a.rule, b.rule)
  );
}

// By code unit, so that the order is the same on every machine, whatever its locale.
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Additions of a terminal to the text of a problem. */
export interface ProblemView {
  /** The line of the source and a line with a caret below, or nothing. */
  readonly excerptOf: (problem: Problem) => readonly string[];
  /** Makes the place of a problem stand out. */
  readonly emphasize: (text: string) => string;
}

const plainView: ProblemView = { excerptOf: () => [], emphasize: (text) => text };

function renderProblem(problem: Problem, { excerptOf, emphasize }: ProblemView): string {
  const { at, path, rule, got, expected, fix } = problem;
  const where = `${escapeInvisible(at.file)}:${at.line}:${at.column}`;
  return [
    `${emphasize(where)}  ${path}  [${rule}]`,
    ...excerptOf(problem),
    `  got       ${got}`,
    `  expected  ${expected}`,
    `  fix       ${fix}`,
  ].join('\n');
}

/** All problems in the order of the files, below a line with their number. `noun` is singular: `problem`, `warning`. */
export function renderProblems(file: string, problems: readonly Problem[], noun: string, view = plainView): string {
  const sorted = [...problems].sort(compareProblems);
  const count = `${escapeInvisible(file)}: ${problems.length} ${noun}${problems.length === 1 ? '' : 's'}`;
  return [count, ...sorted.map((problem) => renderProblem(problem, view))].join('\n\n');
}

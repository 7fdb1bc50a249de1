import type { Problem } from '../clusters/problem.ts';

/** What the checks before the first change have found. A problem ends the run; a warning does not. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

/** Nothing to say. */
export const noFindings: Findings = { problems: [], warnings: [] };

/** Findings that are one problem. */
export function aProblem(problem: string, fix: string): Findings {
  return { problems: [{ problem, fix }], warnings: [] };
}

/** Findings that are one warning. */
export function aWarning(text: string): Findings {
  return { problems: [], warnings: [text] };
}

/** Several findings as one, in their order. */
export function allFindings(all: readonly Findings[]): Findings {
  return { problems: all.flatMap(({ problems }) => problems), warnings: all.flatMap(({ warnings }) => warnings) };
}

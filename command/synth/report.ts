import { shellWord } from '../../constructs/delivery/shell-word.ts';
import { type Problem, type ProblemView, renderProblems, renderSummary } from '../../constructs/index.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';
import { makeExcerpts } from '../terminal/excerpt.ts';
import { bold, red, type Terminal } from '../terminal/terminal.ts';
import type { Outcome } from './outcome.ts';

/** The number of stale files that are named. */
const namedFiles = 20;

/**
 * An outcome as text for people.
 *
 * @param project the directory to which the names of files are relative
 */
export function renderOutcome(outcome: Outcome, project: string, terminal: Terminal): string {
  const view = viewOf(project, terminal);
  switch (outcome.kind) {
    case 'written':
      return renderSummary(outcome.summary, outcome.warnings, outcome.directory, view);
    case 'current':
      return [
        ...renderWarnings(outcome.summary.declaration, outcome.warnings, view),
        `${escapeInvisible(outcome.directory)} is up to date with ${outcome.summary.declaration}: ${outcome.summary.files} files`,
      ].join('\n\n');
    case 'stale':
      return [...renderWarnings(outcome.summary.declaration, outcome.warnings, view), renderStale(outcome)].join(
        '\n\n',
      );
    case 'refused':
      return outcome.problems.length > 0
        ? renderProblems(outcome.file, outcome.problems, 'problem', view)
        : [
            ...renderWarnings(outcome.file, outcome.warnings, view),
            'with --strict, warnings fail: nothing was written',
          ].join('\n\n');
    case 'mistake':
      return outcome.message;
  }
}

function viewOf(project: string, terminal: Terminal): ProblemView {
  const excerptOf = makeExcerpts(project);
  return {
    excerptOf: (problem) => {
      const [source, caret] = excerptOf(problem);
      return source === undefined || caret === undefined ? [] : [source, red(terminal, caret)];
    },
    emphasize: (text) => bold(terminal, text),
  };
}

function renderWarnings(file: string, warnings: readonly Problem[], view: ProblemView): readonly string[] {
  return warnings.length === 0 ? [] : [renderProblems(file, warnings, 'warning', view)];
}

function renderStale({ directory, stale, summary }: Extract<Outcome, { kind: 'stale' }>): string {
  const named = stale.slice(0, namedFiles).map(({ path, state }) => `  ${state.padEnd(7)}  ${escapeInvisible(path)}`);
  const others = stale.length - named.length;
  return [
    `${escapeInvisible(directory)} is not what ${summary.declaration} makes: ${stale.length} of ${summary.files} files differ`,
    ...named,
    ...(others === 0 ? [] : [`  and ${others} more`]),
    `  fix      synthesize, review and commit: git add ${shellWord(directory)}`,
    ...(stale.some(({ state }) => state === 'extra') ? ['           first move away what no synth has written'] : []),
  ].join('\n');
}

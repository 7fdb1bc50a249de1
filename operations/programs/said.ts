import { Failure } from '../clusters/failure.ts';
import type { Tell } from '../run/run.ts';
import type { ProgramResult } from '../tools/run-program.ts';

/** Lines of a program that are shown. */
const mostLines = 200;

/** Lines that a program has printed, without empty ones. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The last line of a text, as the reason of a failure. */
export function lastLineOf(text: string): string {
  return linesOf(text).at(-1) ?? 'no message';
}

/**
 * What a program has printed to standard output.
 *
 * @param what the program has done, as a message says it: `istioctl install on host`
 * @param tell hears every line, if the program has failed
 * @throws Failure when it has not ended well
 */
export function outputOf(result: ProgramResult, what: string, tell: Tell): string {
  if (result.kind === 'ended' && result.exitCode === 0) return result.stdout;
  if (result.kind === 'ended') for (const line of linesOf(result.stderr).slice(-mostLines)) tell(line);
  throw new Failure({
    problem: `${what}: ${reasonOf(result)}`,
    fix: 'correct what the program says, and run it again',
  });
}

/** Tells the lines of a program that has ended well. */
export function showLines(text: string, tell: Tell): void {
  for (const line of linesOf(text).slice(-mostLines)) tell(line);
}

function reasonOf(result: ProgramResult): string {
  switch (result.kind) {
    case 'ended':
      return lastLineOf(result.stderr).slice(0, 500);
    case 'timed-out':
      return 'it takes too long';
    case 'too-long':
      return 'it prints too much';
    case 'not-started':
      return `the program does not run: ${result.reason}`;
  }
}

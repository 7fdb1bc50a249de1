import type { ProgramResult, RunProgram } from '../../../operations/tools/run-program.ts';

/** How a program has ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program with words, and an object or text on its standard input. A non-breaking blank is a blank of a word. */
export async function ask(run: RunProgram, line: string, input?: unknown): Promise<Ended> {
  const [program = '', ...args] = line.split(' ').map((word) => word.replaceAll('\u00a0', ' '));
  const text = typeof input === 'string' ? input : JSON.stringify(input ?? '');
  return ended(await run({ program, args, ...(input === undefined ? {} : { input: text }), timeoutSeconds: 30 }));
}

function ended(result: ProgramResult): Ended {
  if (result.kind !== 'ended') throw new Error(`the program has not ended by itself: ${result.kind}`);
  return { code: result.exitCode, out: result.stdout, err: result.stderr };
}

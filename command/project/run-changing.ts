import { UserMistake } from '../../constructs/index.ts';
import { exitCodes } from '../../operations/apply/exit-codes.ts';
import { type RunProgram, runProgram } from '../../operations/tools/run-program.ts';
import { stoppingGently } from '../../operations/tools/running-programs.ts';
import { makeStop, type Stop } from '../../operations/tools/stop.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { openLog, type ProgramLog } from './program-log.ts';

/** What a command that changes clusters works with. */
export interface Changing {
  readonly stop: Stop;
  readonly program: RunProgram;
}

/**
 * Runs a command that changes clusters, and returns the exit code. The first signal lets running steps finish. A mistake of
 * the user is told without a stack.
 *
 * @param log where each program that is called is written down
 * @param refuse throws a UserMistake if the words contradict each other, before the log is opened
 */
export async function runChanging(
  { log: path }: { readonly log?: string },
  terminal: Terminal,
  act: (changing: Changing) => Promise<number>,
  refuse: () => void = () => {},
): Promise<number> {
  const stop = makeStop();
  const say = (): void => terminal.err('interrupted: running steps finish; interrupt again to end them\n');
  let log: ProgramLog | null = null;
  try {
    refuse();
    if (path !== undefined) log = openLog(path, runProgram, (text) => terminal.err(`warning: ${text}`));
    const program = log?.program ?? runProgram;
    return await stoppingGently(stop, say, () => act({ stop, program }));
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return exitCodes.wrongUse;
  } finally {
    log?.close();
  }
}

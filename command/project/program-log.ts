import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { UserMistake } from '../../constructs/index.ts';
import type { RunProgram } from '../../operations/tools/run-program.ts';
import { harmlessJson } from '../terminal/harmless.ts';

/** A log of the programs that a run calls. */
export interface ProgramLog {
  /** Runs a program, and writes down its arguments, its duration and how it ended; never its input or its output. */
  readonly program: RunProgram;
  readonly close: () => void;
}

/**
 * Opens a log, to whose end it is written. Only its owner can read it.
 *
 * @throws UserMistake when it cannot be written
 */
export function openLog(path: string, run: RunProgram): ProgramLog {
  const file = open(path);
  return {
    program: async (call) => {
      const began = Date.now();
      const result = await run(call);
      const end = result.kind === 'ended' ? { exitCode: result.exitCode } : { end: result.kind };
      const { program, args } = call;
      const line = { time: new Date(began).toISOString(), program, args, milliseconds: Date.now() - began, ...end };
      writeSync(file, `${harmlessJson(line)}\n`);
      return result;
    },
    close: () => closeSync(file),
  };
}

function open(path: string): number {
  try {
    // No link: it could lead to a file of somebody else's choice.
    return openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  } catch (error) {
    throw new UserMistake(`cannot write the log ${path}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

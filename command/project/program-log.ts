import { closeSync, constants, fchmodSync, fstatSync, openSync, writeSync } from 'node:fs';
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
 * Opens a log, to whose end it is written. Only its owner can read it, also if it is there already.
 *
 * @param say hears once if it cannot be written any more: that is no reason to stop a run in its middle
 * @throws UserMistake when it cannot be written
 */
export function openLog(path: string, run: RunProgram, say: (text: string) => void = () => {}): ProgramLog {
  const file = open(path);
  let isBroken = false;
  const write = (line: string): void => {
    if (isBroken) return;
    try {
      writeSync(file, line);
    } catch (error) {
      isBroken = true;
      say(`the log cannot be written any more: ${codeOf(error)}\n`);
    }
  };
  return {
    program: async (call) => {
      const began = Date.now();
      const result = await run(call);
      const end = result.kind === 'ended' ? { exitCode: result.exitCode } : { end: result.kind };
      const { program, args } = call;
      const line = { time: new Date(began).toISOString(), program, args, milliseconds: Date.now() - began, ...end };
      write(`${harmlessJson(line)}\n`);
      return result;
    },
    close: () => closeSync(file),
  };
}

function open(path: string): number {
  let file: number | null = null;
  try {
    // No link: it could lead to a file of somebody else's choice. No pipe either, which would wait for a reader.
    const how = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    file = openSync(path, how | constants.O_CREAT, 0o600);
    if (!fstatSync(file).isFile()) throw Object.assign(new Error(), { code: 'it is no file' });
    fchmodSync(file, 0o600);
    return file;
  } catch (error) {
    if (file !== null) closeSync(file);
    throw new UserMistake(`cannot write the log ${path}: ${codeOf(error)}`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

import { runProgram } from '../../command/program.ts';

/** What a run of the command has printed, and its exit code. */
export interface CommandRun {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `mesh-federation` in this process, on streams of its own. */
export async function runCommand(words: readonly string[], { isInteractive = false } = {}): Promise<CommandRun> {
  let [out, err] = ['', ''];
  const status = await runProgram(words, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isInteractive,
    hasColours: isInteractive,
  });
  return { status, out, err };
}

import { type ChildProcess, spawn } from 'node:child_process';

/** A call of a program: no shell, each argument as it is. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Text for standard input. Without one, the program reads nothing, so that it cannot ask. */
  readonly input?: string;
  readonly timeoutSeconds: number;
}

/** How a call ended. Texts are what the program printed, cut at `mostBytes`; they are hostile until checked. */
export type ProgramResult =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'not-started'; readonly reason: string };

/** Bytes of standard output, and of standard error, after which a program is ended. */
const mostBytes = 32 * 1024 * 1024;

/** Runs a program to its end, its time limit or its limit of output, whichever is first. It never throws. */
export function runProgram(call: ProgramCall): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = start(call);
    const output = { stdout: collect(child, 'stdout'), stderr: collect(child, 'stderr') };
    let early: ProgramResult | null = null;
    const end = (result: ProgramResult): void => {
      early ??= result;
      killGroup(child);
    };
    const timer = setTimeout(() => end({ kind: 'timed-out' }), call.timeoutSeconds * 1000);
    output.stdout.onTooLong(() => end({ kind: 'too-long' }));
    output.stderr.onTooLong(() => end({ kind: 'too-long' }));
    child.once('error', ({ message }) => {
      clearTimeout(timer);
      resolve({ kind: 'not-started', reason: message });
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      const ended = { exitCode: exitCode ?? 1, stdout: output.stdout.text(), stderr: output.stderr.text() };
      resolve(early ?? { kind: 'ended', ...ended });
    });
  });
}

function start({ program, args, input }: ProgramCall): ChildProcess {
  // In a group of its own: a program that starts others, such as a credential plugin, is ended together with them.
  const child = spawn(program, [...args], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  // A program may end without reading its input.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input ?? '');
  return child;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

interface Collected {
  readonly text: () => string;
  readonly onTooLong: (act: () => void) => void;
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): Collected {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let tooLong = (): void => {};
  child[stream]?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) tooLong();
    else chunks.push(chunk);
  });
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    onTooLong: (act) => {
      tooLong = act;
    },
  };
}

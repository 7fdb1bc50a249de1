import { type ChildProcess, spawn } from 'node:child_process';
import { endGroup, rememberProgram } from './running-programs.ts';

/** A call of a program: no shell, each argument as it is. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Text for standard input. Without one, the program reads nothing, so that it cannot ask. */
  readonly input?: string;
  readonly timeoutSeconds: number;
  /**
   * Hears what the program prints to standard error while it runs, and lets it read the terminal: a credential plugin may
   * ask. @default - the program asks nobody
   */
  readonly onPrompt?: (text: string) => void;
}

/** How a call ended. Texts are what the program printed, cut at `mostBytes`; they are hostile until checked. */
export type ProgramResult =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'not-started'; readonly reason: string };

/** What runs programs: `runProgram`, or a wrapper of it that also writes a log, for example. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramResult>;

/** Bytes of standard output, and of standard error, after which a program is ended. */
const mostBytes = 32 * 1024 * 1024;

/**
 * How long the output may stay open after the end of the program. A child of it in the background, such as a credential
 * plugin, may hold the output for ever.
 */
const mostMillisecondsOpen = 500;

/**
 * Runs a program to its end, its time limit or its limit of output, whichever is first. It never throws, and waits for no
 * child that the program leaves behind.
 */
export function runProgram(call: ProgramCall): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = startOrRefuse(call);
    if (typeof child === 'string') return resolve({ kind: 'not-started', reason: child });
    const output = { stdout: collect(child, 'stdout'), stderr: collect(child, 'stderr') };
    const forget = rememberProgram(child);
    const settle = (result: ProgramResult): void => {
      clearTimeout(timer);
      forget();
      resolve(result);
    };
    const cut = (result: ProgramResult): void => {
      endGroup(child);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      settle(result);
    };
    const timer = setTimeout(() => cut({ kind: 'timed-out' }), call.timeoutSeconds * 1000);
    output.stdout.onTooLong(() => cut({ kind: 'too-long' }));
    output.stderr.onTooLong(() => cut({ kind: 'too-long' }));
    const ended = (exitCode: number | null): ProgramResult => {
      return { kind: 'ended', exitCode: exitCode ?? 1, stdout: output.stdout.text(), stderr: output.stderr.text() };
    };
    child.once('error', ({ message }) => settle({ kind: 'not-started', reason: message }));
    child.once('close', (exitCode) => settle(ended(exitCode)));
    child.once('exit', (exitCode) => afterOutput(child, () => cut(ended(exitCode))));
  });
}

// Not at once when the time is over: a process that was busy until now has not read yet what the program wrote.
function afterOutput(child: ChildProcess, act: () => void): void {
  const timer = setTimeout(() => setImmediate(act), mostMillisecondsOpen);
  child.once('close', () => clearTimeout(timer));
}

// The child, or why there is none. The system may refuse the words themselves, and Node throws that at once: a NUL, or a word of
// more than 128 KB on Linux (include/uapi/linux/binfmts.h, MAX_ARG_STRLEN), as a list of kinds that grows with what a server says.
function startOrRefuse(call: ProgramCall): ChildProcess | string {
  try {
    return start(call);
  } catch (error) {
    return `spawn ${call.program} ${(error as NodeJS.ErrnoException).code ?? 'failed'}`;
  }
}

function start({ program, args, input, onPrompt }: ProgramCall): ChildProcess {
  // In a group of its own: a program that starts others, such as a credential plugin, is ended together with them.
  const stdin = onPrompt === undefined ? 'pipe' : 'inherit';
  const child = spawn(program, [...args], { detached: true, env: environment(), stdio: [stdin, 'pipe', 'pipe'] });
  child.stderr?.on('data', (chunk: Buffer) => onPrompt?.(chunk.toString('utf8')));
  // A program may end without reading its input.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input ?? '');
  return child;
}

// HELM_KUBEAPISERVER, HELM_KUBETOKEN and their like (helm, pkg/cli/environment.go) go before the context that is given: helm
// would then change another cluster than the one whose UID kubectl has told.
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HELM_KUBE')));
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

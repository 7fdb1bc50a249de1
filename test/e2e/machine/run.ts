import { type ChildProcess, spawn } from 'node:child_process';

/** Options for running a command, besides its words. */
export interface RunOptions {
  /** @default - this process's directory */
  readonly cwd?: string;
  /** Added to this process's environment. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** Written to the command's standard input. @default - closed at once */
  readonly input?: string;
  /** @default 300 */
  readonly timeoutSeconds?: number;
}

/** The result of a command. */
export interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();

/** Ends every command for which this process is waiting. */
export function endCommands(): void {
  for (const child of running) child.kill('SIGTERM');
}

/** Runs a command to its end with any exit status. Throws only if the command cannot start or takes too long. */
export function attempt(command: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const [file, ...args] = command;
  if (file === undefined) throw new Error('a command needs at least one word');
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: options.cwd, env: { ...process.env, ...options.env } });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const seconds = options.timeoutSeconds ?? 300;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`took longer than ${seconds} s: ${shown(command)}\n${tail(Buffer.concat(err).toString())}`));
    }, seconds * 1000);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new Error(`cannot start ${file}: ${cause.message}`));
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status: status ?? 1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    });
    // A command that ends without reading its input is judged by its exit status, not by the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a command that must succeed and returns its standard output. */
export async function run(command: readonly string[], options: RunOptions = {}): Promise<string> {
  const ran = await attempt(command, options);
  if (ran.status !== 0) {
    throw new Error(`exit ${ran.status}: ${shown(command)}\n${ends(`${ran.stdout}\n${ran.stderr}`)}`);
  }
  return ran.stdout;
}

/** The last lines of a text: enough to see why something failed. */
export function tail(text: string, lines = 30): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

// Go programs that fail print the reason first, and then a long stack.
function ends(text: string): string {
  const lines = text.trim().split('\n');
  return lines.length <= 45 ? lines.join('\n') : [...lines.slice(0, 15), '...', ...lines.slice(-30)].join('\n');
}

function shown(command: readonly string[]): string {
  const text = command.join(' ');
  return text.length > 400 ? `${text.slice(0, 400)}...` : text;
}

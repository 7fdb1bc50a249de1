import type { ChildProcess } from 'node:child_process';
import type { Stop } from './stop.ts';

const running = new Set<ChildProcess>();

/** Exit codes of a program that a signal ends, as shells number them. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Remembers a running program, which leads a group of processes. Returns the function that forgets it. */
export function rememberProgram(child: ChildProcess): () => void {
  running.add(child);
  return () => {
    running.delete(child);
  };
}

/** Ends a program and every process of its group. */
export function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * Acts, and listens to the signals that end this process meanwhile: Ctrl-C, for example. A terminal sends them to its own
 * group only. Programs have groups of their own, so all of these are ended first.
 */
export async function endingPrograms<T>(act: () => Promise<T>): Promise<T> {
  const stop = (signal: NodeJS.Signals): never => {
    for (const child of running) endGroup(child);
    process.exit(exitCodes[signal as keyof typeof exitCodes]);
  };
  const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  for (const signal of signals) process.on(signal, stop);
  try {
    return await act();
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/**
 * Acts, and brings it to its end at the first signal: running steps finish. The second signal ends every program and this
 * process at once.
 *
 * @param say tells the user what the first signal does
 * @returns the exit code of `act`, or that of the signal
 */
export async function stoppingGently(stop: Stop, say: () => void, act: () => Promise<number>): Promise<number> {
  let exitCode: number | null = null;
  const hear = (signal: NodeJS.Signals): void => {
    const code = exitCodes[signal as keyof typeof exitCodes];
    if (exitCode !== null) {
      for (const child of running) endGroup(child);
      process.exit(code);
    }
    exitCode = code;
    stop.request('interrupted');
    say();
  };
  const signals = Object.keys(exitCodes) as (keyof typeof exitCodes)[];
  for (const signal of signals) process.on(signal, hear);
  try {
    const own = await act();
    return exitCode ?? own;
  } finally {
    for (const signal of signals) process.off(signal, hear);
  }
}

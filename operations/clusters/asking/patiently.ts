import type { ProgramCall, ProgramResult, RunProgram } from '../../tools/run-program.ts';

/** Milliseconds before each further attempt. */
const pauses = [250, 500, 1000] as const;

/** A server that did nothing: it had too much to do, or nobody listened. kubectl itself obeys `Retry-After`. */
const nothingDone = /\(TooManyRequests\)|too many requests|connection refused| was refused - did you specify/;

/** A server that did not answer for a moment. It may have done what it was asked for. */
const noAnswer =
  /\(ServiceUnavailable\)|connection reset by peer|client connection lost|\bEOF\b|etcdserver: leader changed|TLS handshake timeout/;

/** Waits for some milliseconds. */
export type Sleep = (milliseconds: number) => Promise<void>;

/** Waits by the clock of this machine. */
export const sleepReally: Sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs kubectl for questions: asks again, a few times, while a server does not answer. All attempts share the bound of time. */
export function askPatiently(run: RunProgram, sleep: Sleep = sleepReally): RunProgram {
  return (call) => attempt(run, call, (text) => nothingDone.test(text) || noAnswer.test(text), sleep);
}

/** Runs kubectl for changes: tries again only when the server has certainly done nothing. */
export function changePatiently(run: RunProgram, sleep: Sleep = sleepReally): RunProgram {
  return (call) => attempt(run, call, (text) => nothingDone.test(text), sleep);
}

async function attempt(
  run: RunProgram,
  call: ProgramCall,
  isPassing: (stderr: string) => boolean,
  sleep: Sleep,
): Promise<ProgramResult> {
  const begin = performance.now();
  let result = await run(call);
  for (const pause of pauses) {
    if (result.kind !== 'ended' || result.exitCode === 0 || !isPassing(lastLinesOf(result.stderr))) return result;
    const left = call.timeoutSeconds - (performance.now() - begin + pause) / 1000;
    if (left < 1) return result;
    await sleep(pause);
    result = await run({ ...call, timeoutSeconds: left });
  }
  return result;
}

// The error comes last. A server may have written any number of warnings before it.
const lastLinesOf = (text: string): string => text.slice(-1000);

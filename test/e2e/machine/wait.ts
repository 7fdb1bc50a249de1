/** Waits. */
export function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

/**
 * Repeats a question until the answer is not undefined. A probe that throws counts as "not yet". When time is up, the
 * error contains the last exception of the probe, so nothing is lost.
 */
export async function until<T>(
  what: string,
  seconds: number,
  probe: () => Promise<T | undefined>,
  everySeconds = 0.5,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last = '';
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > end) throw new Error(`gave up after ${seconds} s: ${what}${last && `\n${last}`}`);
    await sleep(everySeconds);
  }
}

/** Shows progress to the person at the terminal: one line, with the seconds since the start. */
export function say(text: string): void {
  const seconds = Math.round((Date.now() - STARTED) / 1000);
  process.stderr.write(`e2e ${String(seconds).padStart(4)}s  ${text}\n`);
}

const STARTED = Date.now();

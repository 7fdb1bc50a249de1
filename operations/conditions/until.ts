import { Failure } from '../clusters/failure.ts';
import type { Run } from '../run/run.ts';

/**
 * Asks again and again until a condition holds.
 *
 * @param where the condition is, as a message begins
 * @param ask says why the condition does not hold yet, or null
 * @throws Failure `timed-out` with the last reason, `stopped` when the end is asked for
 */
export async function until(run: Run, where: string, ask: () => Promise<string | null>): Promise<void> {
  const { timeoutSeconds, pollMilliseconds } = run.settings;
  const polls = Math.ceil((timeoutSeconds * 1000) / pollMilliseconds);
  const end = Date.now() + timeoutSeconds * 1000;
  for (let poll = 0; ; poll += 1) {
    const reason = await ask();
    if (reason === null) return;
    if (run.stop.reason() !== null)
      throw new Failure({ problem: `${where}: stopped while waiting: ${reason}`, fix: 'run it again' }, 'stopped');
    if (poll >= polls || Date.now() >= end)
      throw new Failure(
        {
          problem: `${where}: waited ${timeoutSeconds} s: ${reason}`,
          fix: 'correct it, or give it more time with --timeout',
        },
        'timed-out',
      );
    await run.stop.sleep(pollMilliseconds);
  }
}

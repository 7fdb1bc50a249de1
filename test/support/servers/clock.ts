/** A clock that only goes when everybody waits: a thousand calls of 200 ms take no time. */
export interface Clock {
  /** Milliseconds since its start. */
  readonly now: () => number;
  /** Waits for simulated time. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

interface Waiting {
  readonly due: number;
  readonly number: number;
  readonly wake: () => void;
}

/** A clock at 0. */
export function makeClock(): Clock {
  let [now, count, isTicking] = [0, 0, false];
  const waiting: Waiting[] = [];
  // Timers of Node are no part of it: all that can go on without waiting goes on before the next tick.
  const tick = (): void => {
    waiting.sort((one, other) => one.due - other.due || one.number - other.number);
    const next = waiting.shift();
    isTicking = next !== undefined;
    if (next === undefined) return;
    now = Math.max(now, next.due);
    next.wake();
    setImmediate(tick);
  };
  const sleep = (milliseconds: number): Promise<void> =>
    new Promise((wake) => {
      count += 1;
      waiting.push({ due: now + milliseconds, number: count, wake });
      if (isTicking) return;
      isTicking = true;
      setImmediate(tick);
    });
  return { now: () => now, sleep: (milliseconds) => (milliseconds <= 0 ? Promise.resolve() : sleep(milliseconds)) };
}

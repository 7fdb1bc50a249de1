/** Whether a run shall come to its end: a step that has begun goes on, and no further one begins. */
export interface Stop {
  /** Why nothing further begins; null while the run goes on. */
  readonly reason: () => string | null;
  /** Asks for the end. The first reason stays. */
  readonly request: (reason: string) => void;
  /** Waits, and no longer than until the end is asked for. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** A stop that nobody has asked for yet. */
export function makeStop(): Stop {
  let reason: string | null = null;
  const waiting = new Set<() => void>();
  return {
    reason: () => reason,
    request: (given) => {
      reason ??= given;
      for (const wake of waiting) wake();
    },
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        if (reason !== null) return resolve();
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, milliseconds);
        waiting.add(wake);
      }),
  };
}

/** Does things, and no more of them at a time than a limit; others wait until it is their turn. */
export type AtMost = <T>(act: () => Promise<T>) => Promise<T>;

/**
 * A limit that several callers share.
 *
 * @param limit how many at a time, at least 1
 */
export function atMost(limit: number): AtMost {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      // The place goes to the next one, so that nobody else takes it meanwhile.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

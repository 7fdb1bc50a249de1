/**
 * Does something for each item, some of them at a time, and gives the results in the order of the items. When one fails,
 * those that have begun come to their end, and no further one begins.
 *
 * @param limit how many at a time, at least 1
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  limit: number,
  act: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const failures: unknown[] = [];
  const waiting = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of waiting) {
      try {
        results.set(index, await act(item));
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return items.map((_, index) => results.get(index) as R);
}

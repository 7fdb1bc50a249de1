/**
 * Seconds since a time, to a tenth.
 *
 * @param began milliseconds of `performance.now()`
 */
export function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10;
}

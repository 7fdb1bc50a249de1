import type { Row } from '../expected/rows.ts';
import type { JudgedRow } from './comparison.ts';
import type { LiveEndpoint, LiveEndpoints } from './envoy.ts';

/** If the weights give an endpoint this many calls, it gets none by accident less than once in a hundred million runs. */
const fewestDue = 20;

/** A port of a service in the list of an Envoy. */
export const keyOf = ({ port, host }: Row): string => `${port}|${host}`;

/**
 * The calls that the rows of one port got between two lists of an Envoy. If several rows share a gateway, the first one gets
 * its calls, and the others have none to tell.
 */
export function countsOf(
  group: readonly JudgedRow[],
  after: readonly LiveEndpoint[],
  before: LiveEndpoints,
): readonly (readonly [Row, number])[] {
  const counted = new Set<string>();
  const callsAfter = new Map(after.map(({ text, calls }) => [text, calls]));
  return group.flatMap(({ row, state, live }) => {
    const own = live.filter(({ text }) => state === 'ok' && !counted.has(text));
    for (const { text } of own) counted.add(text);
    const former = new Map((before.get(keyOf(row)) ?? []).map(({ text, calls }) => [text, calls]));
    const count = own.reduce((sum, { text }) => sum + (callsAfter.get(text) ?? 0) - (former.get(text) ?? 0), 0);
    return own.length === 0 ? [] : [[row, Math.max(0, count)] as const];
  });
}

/** Whether endpoints are due enough calls, by their weights among the endpoints of the first priority. */
export function isDue(own: readonly LiveEndpoint[], live: readonly LiveEndpoint[], calls: number): boolean {
  const lowest = live.reduce((least, { priority }) => Math.min(least, priority), Number.POSITIVE_INFINITY);
  const first = live.filter(({ priority }) => priority === lowest);
  const weightOf = (some: readonly LiveEndpoint[]): number => some.reduce((sum, { weight }) => sum + weight, 0);
  const ownTexts = new Set(own.map(({ text }) => text));
  const all = weightOf(first);
  return all > 0 && Math.floor((calls * weightOf(first.filter(({ text }) => ownTexts.has(text)))) / all) >= fewestDue;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../clusters/answer.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { Row } from '../expected/rows.ts';
import type { Known } from '../links/links.ts';
import type { ClientPod } from './client-pods.ts';
import { type Comparison, compareRows } from './comparison.ts';
import { type LiveEndpoints, readLiveEndpoints } from './envoy.ts';
import { type ReadyPods, readReadyPods } from './ready-pods.ts';

/** Inputs of the comparison. */
export interface CompareInputs {
  readonly clusterOf: (name: string) => Known;
  /** The pods that stand for the callers, by cluster. */
  readonly pods: ReadonlyMap<string, ClientPod>;
  readonly parallel: number;
  /** How long to wait until everything is as expected. */
  readonly waitSeconds: number;
}

/** The last comparison, and the answers that it is of. */
export interface Compared extends Comparison {
  readonly live: ReadonlyMap<string, Answer<LiveEndpoints>>;
  readonly readyPods: ReadyPods;
}

/** Milliseconds between two comparisons. */
const pause = 2000;

/** Compares until everything is as expected, or time is up: istiod and the proxies need some seconds after an apply. */
export async function compareEndpoints(rows: readonly Row[], inputs: CompareInputs): Promise<Compared> {
  const end = Date.now() + inputs.waitSeconds * 1000;
  let compared = await compareOnce(rows, inputs, [...inputs.pods.keys()], new Map());
  for (;;) {
    const unlike = clientsOf(compared).filter((client) => inputs.pods.has(client));
    if (unlike.length === 0 || Date.now() >= end) return compared;
    await sleep(Math.max(1, Math.min(pause, end - Date.now())));
    // Only these are asked again.
    compared = await compareOnce(rows, inputs, unlike, compared.live);
  }
}

function clientsOf({ rows, unexpected }: Comparison): readonly string[] {
  const missing = rows.flatMap(({ row, state }) => (state === 'missing' ? row.client : []));
  return [...new Set([...missing, ...unexpected.map(({ row }) => row.client)])];
}

async function compareOnce(
  rows: readonly Row[],
  { clusterOf, pods, parallel }: CompareInputs,
  asked: readonly string[],
  former: ReadonlyMap<string, Answer<LiveEndpoints>>,
): Promise<Compared> {
  const local = rows.filter(({ client, gateway }) => gateway === null && pods.has(client));
  const readyPods = await readReadyPods(local, clusterOf, parallel);
  const askedPods = asked.flatMap((client) => pods.get(client) ?? []);
  const answers = await sideBySide(askedPods, parallel, readLiveEndpoints);
  const live = new Map(former);
  askedPods.forEach(({ cluster }, index) => {
    const answer = answers[index];
    if (answer !== undefined) live.set(cluster.name, answer);
  });
  const compared = compareRows(rows, { liveOf: (client) => live.get(client) ?? null, readyPods, clusterOf, pods });
  return { ...compared, live, readyPods };
}

import { isIP } from 'node:net';
import { groupBy } from '../../../constructs/domain/group-by.ts';
import type { Answer } from '../../clusters/answer.ts';
import { callOf, type Row } from '../expected/rows.ts';
import { entryPointsIn } from '../links/gateway-links.ts';
import type { Known } from '../links/links.ts';
import type { ClientPod } from './client-pods.ts';
import type { LiveEndpoint, LiveEndpoints } from './envoy.ts';
import { fits } from './families.ts';
import type { ReadyPods } from './ready-pods.ts';

/** A row, and the endpoints of the caller's Envoy that belong to it. */
export interface JudgedRow {
  readonly row: Row;
  readonly state: 'ok' | 'missing';
  readonly live: readonly LiveEndpoint[];
}

/** An endpoint of an Envoy that no row expects, with the first row of the same call. */
export interface UnexpectedEndpoint {
  readonly row: Row;
  readonly endpoint: string;
}

/** The rows beside what Envoys have. */
export interface Comparison {
  readonly rows: readonly JudgedRow[];
  readonly unexpected: readonly UnexpectedEndpoint[];
}

/** An expected endpoint: a pod may have any port, and be listed by any of its addresses. */
interface Expected {
  readonly hosts: readonly string[];
  readonly port: number | null;
}

/** The answers that are compared. */
export interface ComparedAnswers {
  readonly liveOf: (client: string) => Answer<LiveEndpoints> | null;
  readonly readyPods: ReadyPods;
  readonly clusterOf: (name: string) => Known;
  /** The pods that stand for the callers, by cluster. */
  readonly pods: ReadonlyMap<string, ClientPod>;
}

/** Compares the endpoints of Envoys with the expected ones. */
export function compareRows(rows: readonly Row[], answers: ComparedAnswers): Comparison {
  const calls = [...groupBy(rows, callOf).values()].map((group) => compareCall(group, answers));
  const judged = new Map(calls.flatMap(({ rows }) => rows.map((one) => [one.row, one])));
  return {
    // In the order of the rows, which is not that of the calls.
    rows: rows.flatMap((row) => judged.get(row) ?? []),
    unexpected: calls.flatMap(({ unexpected }) => unexpected),
  };
}

function compareCall(rows: readonly [Row, ...Row[]], answers: ComparedAnswers): Comparison {
  const [{ client, port, host }] = rows;
  const told = answers.liveOf(client);
  const live = told?.kind === 'found' ? (told.value.get(`${port}|${host}`) ?? []) : [];
  const byAddress = groupBy(live, ({ ip }) => ip);
  // The address behind a hostname is unknown, since istiod resolves it: only the port counts.
  const candidatesFor = ({ hosts }: Expected): readonly LiveEndpoint[] =>
    hosts.flatMap((host) => (isIP(host) === 0 ? live : (byAddress.get(host) ?? [])));
  const known = new Set<LiveEndpoint>();
  const judged = rows.map((row): JudgedRow => {
    const expected = expectedOf(row, answers);
    const found = expected.map((one) =>
      candidatesFor(one).filter(({ port }) => one.port === null || one.port === port),
    );
    const own = [...new Set(found.flat())];
    for (const endpoint of own) known.add(endpoint);
    const isOk = found.length > 0 && found.every(({ length }) => length > 0);
    return { row, state: isOk ? 'ok' : 'missing', live: own };
  });
  const unexpected = live.filter((endpoint) => !known.has(endpoint));
  return { rows: judged, unexpected: unexpected.map(({ text }) => ({ row: rows[0], endpoint: text })) };
}

function expectedOf({ client, serving, host, gateway }: Row, answers: ComparedAnswers): readonly Expected[] {
  if (gateway === null) {
    const pods = answers.readyPods.of(serving, host);
    return pods.kind === 'found' ? pods.value.map((hosts) => ({ hosts, port: null })) : [];
  }
  const { address } = gateway;
  if (address.host !== null) return [{ hosts: [address.host], port: address.port }];
  const entries = entryPointsIn(answers.clusterOf(gateway.cluster), address.port);
  const usable = entries.filter((entry) => fits(entry.host, answers.pods.get(client)));
  return (usable.length > 0 ? usable : entries).map(({ host, port }) => ({ hosts: [host], port }));
}

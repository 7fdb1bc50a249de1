import { type Answer, anotherForm } from '../../clusters/answer.ts';
import { callOf, endpointOf, type Row } from '../expected/rows.ts';
import type { Problem } from '../problem.ts';
import type { ClientPod } from './client-pods.ts';
import type { JudgedRow } from './comparison.ts';
import { type LiveEndpoint, type LiveEndpoints, readLiveEndpoints } from './envoy.ts';
import type { ReadyPods } from './ready-pods.ts';

/** If the weights give an endpoint this many calls, it gets none by accident less than once in a hundred million runs. */
const fewestDue = 20;

/** Seconds that one call may take. */
const callSeconds = 5;

// Prints a status per call. Stops after some failures in a row: each may take its whole time.
const callLoop = `n=0 failed=0
while [ "$n" -lt "$1" ] && [ "$failed" -lt 5 ]; do
  status=$(curl --silent --output /dev/null --max-time ${callSeconds} --write-out "%{http_code}" "$2") || status=000
  case $status in 000 | 502 | 503 | 504) failed=$((failed + 1)) ;; *) failed=0 ;; esac
  echo "$status" && n=$((n + 1))
done`;

/** Inputs of the calls of one cluster. */
export interface CallInputs {
  /** Number of calls to each service. */
  readonly calls: number;
  readonly path: string;
  readonly answerSeconds: number;
  readonly readyPods: ReadyPods;
  /** Hears of the calls to each service. */
  readonly say: (line: string) => void;
}

/** The calls of one cluster: how many each row got, and what is wrong with them. */
export interface CountedCalls {
  readonly counts: ReadonlyMap<Row, number>;
  readonly problems: readonly Problem[];
}

/** Calls each HTTP service from one pod, one after the other, and counts the calls in the pod's Envoy. */
export async function countCalls(
  pod: ClientPod,
  rows: readonly JudgedRow[],
  inputs: CallInputs,
): Promise<CountedCalls> {
  const groups = callsOf(pod, rows, inputs.readyPods);
  const before = await readLiveEndpoints(pod);
  const problems: Problem[] = [];
  for (const [{ row }] of groups) problems.push(...(await call(pod, row, inputs)));
  const after = await readLiveEndpoints(pod);
  const counts = new Map<Row, number>();
  if (before.kind !== 'found' || after.kind !== 'found') {
    const reason = [before, after].flatMap((answer) => (answer.kind === 'failed' ? answer.reason : []))[0] ?? '';
    return { counts, problems: [...problems, uncounted(pod, reason)] };
  }
  for (const group of groups) {
    const live = after.value.get(keyOf(group[0].row)) ?? [];
    for (const [row, count] of countsOf(group, live, before.value)) {
      counts.set(row, count);
      const own = group.find((one) => one.row === row)?.live ?? [];
      if (count === 0 && isDue(own, live, inputs.calls)) problems.push(unused(row, inputs.calls));
    }
  }
  return { counts, problems };
}

function uncounted({ cluster, namespace, name }: ClientPod, reason: string): Problem {
  return {
    problem: `${cluster.name}: the calls of pod ${namespace}/${name} cannot be counted: its proxy does not answer: ${reason}`,
    fix: 'run it again, or name another Deployment: --client NAMESPACE/DEPLOYMENT',
  };
}

function unused(row: Row, calls: number): Problem {
  return {
    problem: `${row.client}: none of ${calls} calls to ${row.host}:${row.port} went to ${row.serving} (${endpointOf(row)})`,
    fix: 'check whether the endpoint is ejected as an outlier, or a DestinationRule keeps calls away',
  };
}

const keyOf = ({ port, host }: Row): string => `${port}|${host}`;

// A service of the calling pod itself is left out: it may be the only pod that could answer.
function callsOf({ cluster, ip }: ClientPod, rows: readonly JudgedRow[], readyPods: ReadyPods): Groups {
  const groups = new Map<string, [JudgedRow, ...JudgedRow[]]>();
  for (const one of rows) {
    if (one.row.client !== cluster.name || one.row.protocol !== 'http') continue;
    const pods = readyPods.of(cluster.name, one.row.host);
    if (pods.kind === 'found' && pods.value.includes(ip)) continue;
    const group = groups.get(callOf(one.row));
    if (group === undefined) groups.set(callOf(one.row), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

type Groups = readonly (readonly [JudgedRow, ...JudgedRow[]])[];

async function call(pod: ClientPod, row: Row, inputs: CallInputs): Promise<readonly Problem[]> {
  const { calls, path, answerSeconds, say } = inputs;
  const to = `${row.host}:${row.port}`;
  const text = await pod.cluster.kubectl.exec({
    namespace: pod.namespace,
    pod: pod.name,
    words: ['sh', '-c', callLoop, 'sh', String(calls), `http://${to}${path}`],
    seconds: calls * callSeconds + answerSeconds,
  });
  const answered = text.kind === 'found' ? answeredOf(text.value, calls) : text;
  const count = answered.kind === 'found' ? answered.value : 0;
  say(`${row.client}: ${count} of ${calls} calls to ${to} were answered`);
  if (count === calls) return [];
  const reason = answered.kind === 'failed' ? `: ${answered.reason}` : '';
  return [
    {
      problem: `${row.client}: only ${count} of ${calls} calls to ${to} were answered${reason}`,
      fix: 'if no broken link is reported, check the log of istio-proxy in the calling pod',
    },
  ];
}

// The pod is another machine: it cannot have more answers than calls.
function answeredOf(text: string, calls: number): Answer<number> {
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length > calls || !lines.every((line) => /^\d{3}$/.test(line))) return anotherForm;
  const value = lines.filter((line) => !['000', '502', '503', '504'].includes(line)).length;
  return { kind: 'found', value };
}

// If several rows share a gateway, the first one gets its calls, and the others none at all.
function countsOf(
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

// Whether endpoints are due enough calls, by their weights among the endpoints of the first priority.
function isDue(own: readonly LiveEndpoint[], live: readonly LiveEndpoint[], calls: number): boolean {
  const lowest = live.reduce((least, { priority }) => Math.min(least, priority), Number.POSITIVE_INFINITY);
  const first = live.filter(({ priority }) => priority === lowest);
  const weightOf = (some: readonly LiveEndpoint[]): number => some.reduce((sum, { weight }) => sum + weight, 0);
  const ownTexts = new Set(own.map(({ text }) => text));
  const all = weightOf(first);
  return all > 0 && Math.floor((calls * weightOf(first.filter(({ text }) => ownTexts.has(text)))) / all) >= fewestDue;
}

import { groupBy } from '../../../constructs/domain/group-by.ts';
import type { Problem } from '../../clusters/problem.ts';
import { callOf, endpointOf, type Row } from '../expected/rows.ts';
import { type CallInputs, callService } from './call-service.ts';
import type { ClientPod } from './client-pods.ts';
import type { JudgedRow } from './comparison.ts';
import { countsOf, isDue, keyOf } from './counts.ts';
import { readLiveEndpoints } from './envoy.ts';
import type { ReadyPods } from './ready-pods.ts';

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
  for (const [{ row }] of groups) problems.push(...(await callService(pod, row, inputs)));
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

// A service of the calling pod itself is left out: it may be the only pod that could answer.
function callsOf({ cluster, ip }: ClientPod, rows: readonly JudgedRow[], readyPods: ReadyPods): Groups {
  const callable = rows.filter(({ row }) => {
    const pods = readyPods.of(cluster.name, row.host);
    return (
      row.protocol === 'http' && !(pods.kind === 'found' && pods.value.some((addresses) => addresses.includes(ip)))
    );
  });
  return [...groupBy(callable, ({ row }) => callOf(row)).values()];
}

type Groups = readonly (readonly [JudgedRow, ...JudgedRow[]])[];

import { type Answer, anotherForm } from '../../clusters/answer.ts';
import type { Problem } from '../../clusters/problem.ts';
import type { Row } from '../expected/rows.ts';
import type { ClientPod } from './client-pods.ts';
import type { ReadyPods } from './ready-pods.ts';

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

/** Calls a port of a service from a pod, and says how many of the calls were answered. */
export async function callService(pod: ClientPod, row: Row, inputs: CallInputs): Promise<readonly Problem[]> {
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

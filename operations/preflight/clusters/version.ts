import type { ExpectedCluster } from '../../../constructs/plan/steps/step.ts';
import type { Answer } from '../../clusters/answer.ts';
import { shown } from '../../clusters/problem.ts';
import { aProblem, aWarning, type Findings, noFindings } from '../findings.ts';
import { isBefore, parseVersion } from '../kubectl-version.ts';

/** Whether this Istio is supported on the Kubernetes of a cluster. */
export function checkVersion(
  name: string,
  { kubernetes: [first, last] }: Pick<ExpectedCluster, 'kubernetes'>,
  answer: Answer<string>,
): Findings {
  const actual = answer.kind === 'found' ? parseVersion(answer.value) : null;
  if (actual === null) {
    const reason = answer.kind === 'failed' ? `: ${answer.reason}` : '';
    return aWarning(`${name} does not tell its version of Kubernetes${reason}`);
  }
  const [from, to] = [parseVersion(first), parseVersion(last)];
  if (from === null || to === null || !(isBefore(actual, from) || isBefore(to, actual))) return noFindings;
  return aProblem(
    `${name}: Kubernetes is ${shown(actual.text)}, Istio is supported on ${first} to ${last}`,
    'use a cluster with a supported version, or another Istio',
  );
}

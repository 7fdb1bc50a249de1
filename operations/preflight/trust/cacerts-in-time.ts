import type { Step } from '../../../constructs/plan/steps/step.ts';
import type { Answer } from '../../clusters/answer.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Run } from '../../run/run.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import { cacertsSteps } from '../cacerts.ts';
import type { ClusterFacts } from '../clusters/facts.ts';
import { allFindings, aProblem, type Findings, noFindings } from '../findings.ts';

/**
 * Whether each cluster has its Secret cacerts before Istio is installed, if no step of this run waits for it: istiod would
 * create a root of its own.
 */
export async function checkCacertsInTime({ steps, settings }: Run, facts: readonly ClusterFacts[]): Promise<Findings> {
  const waiting = cacertsSteps(steps);
  if (waiting.some(bringsEverywhere)) return noFindings;
  const made = new Set(waiting.map(({ target }) => target.name));
  const installed = new Set(steps.filter(installsIstio).map(({ target }) => target.name));
  const asked = facts.filter(({ cluster: { name } }) => installed.has(name) && !made.has(name));
  return allFindings(
    await sideBySide(asked, settings.parallel, async ({ cluster, root }) =>
      root?.kind === 'found' ? noFindings : checkSecret(cluster, await readCacertsSecret(cluster)),
    ),
  );
}

const bringsEverywhere = ({ brings }: Step): boolean =>
  brings.some((one) => one.brings === 'object' && one.isEverywhere && one.kind === 'Secret' && one.name === 'cacerts');

// Only steps that install Istio by a command are checked. The step of the Sail operator applies an object instead.
const installsIstio = ({ undo, brings }: Step): boolean =>
  undo !== null && brings.some((one) => one.brings === 'kinds' && one.group === '*.istio.io');

// A Secret of another form may have its root under another key.
function readCacertsSecret({ kubectl }: Cluster): Promise<Answer<readonly string[]>> {
  return kubectl.getNames({ resource: 'secret', name: 'cacerts', namespace: 'istio-system' });
}

function checkSecret({ name }: Cluster, answer: Answer<readonly string[]>): Findings {
  const fix = 'start with an earlier wave, and name the directory of the intermediate CAs: --cacerts DIRECTORY';
  if (answer.kind === 'failed')
    return aProblem(`${name} does not tell whether it has the Secret istio-system/cacerts: ${answer.reason}`, fix);
  if (answer.kind === 'found' && answer.value.length > 0) return noFindings;
  return aProblem(`${name}: there is no Secret istio-system/cacerts, and no step of this run creates it`, fix);
}

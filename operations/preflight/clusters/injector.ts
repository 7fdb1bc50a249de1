import { z } from 'zod';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { waves } from '../../../constructs/plan/waves.ts';
import { type Answer, mapAnswer } from '../../clusters/answer.ts';
import type { Kubectl } from '../../clusters/kubectl.ts';
import { aProblem, aWarning, type Findings, noFindings } from '../findings.ts';

// Every cluster with Istio has this Service, even a remote: its webhook calls the Service.
const istiod = { apiVersion: 'v1', kind: 'Service', namespace: 'istio-system', name: 'istiod' };
const webhook = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  namespace: null,
  name: 'istio-sidecar-injector',
};

/** Whether pods of a cluster would start without sidecars: Istio is there, and the webhook that injects sidecars is missing. */
export async function readLackOfInjector(kubectl: Kubectl): Promise<Answer<boolean>> {
  const found = await kubectl.getMany([istiod, webhook], z.object({ kind: z.string() }));
  return mapAnswer(found, (objects) => {
    const kinds = objects.map(({ kind }) => kind);
    return kinds.includes(istiod.kind) && !kinds.includes(webhook.kind);
  });
}

/** Whether pods get their sidecars. If the run installs Istio, the webhook comes back. */
export function checkInjector(name: string, steps: readonly Step[], lacks: Answer<boolean>): Findings {
  if (lacks.kind === 'failed') return aWarning(`${name} does not tell whether its pods get sidecars: ${lacks.reason}`);
  if (lacks.kind === 'absent' || !lacks.value) return noFindings;
  const missing = `${name}: Istio's webhook istio-sidecar-injector is missing`;
  const bringing = steps.find(
    ({ target, gate }) =>
      target.name === name && (gate?.kind === 'istiod-available' || gate?.kind === 'injector-available'),
  );
  return bringing === undefined
    ? aProblem(`${missing}, and pods would start without sidecars`, 'run the step that installs Istio, too')
    : aWarning(`${missing}; ${waves[bringing.wave].directory} brings it back`);
}

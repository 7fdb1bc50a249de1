import { z } from 'zod';
import type { FederatedCacertsStep } from '../../../../constructs/plan/steps/step.ts';
import { applyTo, manifestsOf, requireValue } from '../../../run/applied.ts';
import type { Run, Tell } from '../../../run/run.ts';
import { clusterOf } from '../../../run/target.ts';

const secretSchema = z.object({ data: z.record(z.string().regex(/^[-._a-zA-Z0-9]+$/), z.base64()) });

/** Applies the Secret cacerts of the host as a FederatedSecret. No file and no argument has the key. */
export async function carryCacerts(run: Run, step: FederatedCacertsStep, tell: Tell): Promise<void> {
  const host = clusterOf(run, step);
  const query = { resource: 'secrets', name: 'cacerts', namespace: 'istio-system' };
  const { data } = requireValue(
    await host.kubectl.get(query, secretSchema),
    host,
    'Secret istio-system/cacerts cannot be read',
  );
  const federated = {
    apiVersion: 'types.kubefed.io/v1beta1',
    kind: 'FederatedSecret',
    metadata: { namespace: 'istio-system', name: 'cacerts' },
    spec: {
      placement: { clusters: step.clusters.map((name) => ({ name })) },
      template: { type: 'Opaque', data },
    },
  };
  await applyTo(run, host, manifestsOf([federated]), 'FederatedSecret istio-system/cacerts is not applied', tell);
}

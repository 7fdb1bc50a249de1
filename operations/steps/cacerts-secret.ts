import type { Cluster } from '../clusters/cluster.ts';
import { applyTo, manifestsOf } from '../run/applied.ts';
import type { Run, Tell } from '../run/run.ts';

/** Applies Secret istio-system/cacerts of a cluster, if its certificates were given. The key goes through standard input. */
export async function applyCacerts(run: Run, cluster: Cluster, tell: Tell): Promise<void> {
  const files = run.settings.cacerts?.get(cluster.name);
  if (files === undefined) return;
  const data = Object.entries(files).map(([file, text]) => [file, Buffer.from(text).toString('base64')] as const);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'istio-system', name: 'cacerts' },
    type: 'Opaque',
    data: Object.fromEntries(data),
  };
  await applyTo(run, cluster, manifestsOf([secret]), 'Secret istio-system/cacerts is not applied', tell);
}

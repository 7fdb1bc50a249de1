import { isIP } from 'node:net';
import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { KubernetesObject } from '../../domain/kubernetes/object.ts';
import type { Cluster, Federation } from '../../model/federation.ts';

/**
 * The Endpoints of Service istiod of a remote, beside the EndpointSlice that the charts write: some API servers find the injector
 * by Endpoints alone. Empty if the charts write it, if the remote injects by itself, or if the address is not known at synth.
 */
export function istiodEndpoints({ istio }: Federation, { controlPlane }: Cluster): readonly KubernetesObject[] {
  if (istio.writesEndpoints || controlPlane.kind === 'primary' || controlPlane.injector === 'local') return [];
  const { primaryAddress } = controlPlane;
  if (primaryAddress === null || isIP(primaryAddress) === 0) return [];
  return [
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        name: 'istiod',
        namespace: istioNamespace,
        // Otherwise Kubernetes makes a second EndpointSlice of it, with the address that the first one has.
        labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
      },
      subsets: [
        {
          addresses: [{ ip: primaryAddress }],
          ports: [
            { name: 'tcp-istiod', port: 15012, protocol: 'TCP' },
            { name: 'tcp-webhook', port: 15017, protocol: 'TCP' },
          ],
        },
      ],
    },
  ];
}

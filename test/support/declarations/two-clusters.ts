import { dump } from 'js-yaml';

/** A declaration of a host and a member with one workload, `any` from any.yaml, as the text of its file. */
export function declareTwoClusters(delivery: 'federated' | 'direct'): string {
  return dump({
    name: 'demo',
    istio: { version: '1.7.2' },
    federation: { engine: 'kubefed', version: '0.4.1' },
    clusters: [
      { name: 'host', role: 'host', network: 'network1' },
      { name: 'member', role: 'member', network: 'network2' },
    ],
    workloads: [{ name: 'any', namespace: 'sample', delivery, manifests: ['any.yaml'] }],
  });
}

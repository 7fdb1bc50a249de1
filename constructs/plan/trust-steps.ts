import type { Federation } from '../model/federation.ts';
import type { FederatedCacertsStep } from './steps/step.ts';

/** The step that has the engine carry the CA of the host, where the trust is federated. */
export function trustSteps({ cacerts, clusters, engine }: Federation): readonly FederatedCacertsStep[] {
  const host = clusters.find(({ isHost }) => isHost);
  if (cacerts !== 'federated-secret' || host === undefined) return [];
  return [
    {
      wave: 'federatedTrust',
      target: host,
      action: 'federated-cacerts',
      gate: { kind: 'cacerts-present' },
      engine: engine.name,
      needs: [],
      brings: [
        { brings: 'object', group: '', kind: 'Secret', namespace: 'istio-system', name: 'cacerts', isEverywhere: true },
      ],
      undo: 'federated-cacerts',
      clusters: clusters.map(({ federationCluster }) => federationCluster),
    },
  ];
}

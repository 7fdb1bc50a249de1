import type { Cluster, Federation } from '../../model/federation.ts';
import { type PlannedFile, planFile } from '../../plan/component.ts';
import type { EnginePlan } from '../../plan/engines/engine.ts';
import { federatedIstioNamespaces } from '../../plan/engines/namespaces.ts';
import type { FederatedCacertsStep } from '../../plan/steps/step.ts';
import { stepBase } from '../../plan/steps/step-base.ts';
import type { TrustPlan } from '../../plan/trust-plan.ts';

/** The engine first carries the namespace of Istio, and then the Secret of the host. */
export const federatedSecretPlan: TrustPlan = {
  isReadyWithNamespace: false,
  files: namespaceFiles,
  steps: carryingSteps,
};

function namespaceFiles(federation: Federation, cluster: Cluster, engine: EnginePlan): readonly PlannedFile[] {
  if (!cluster.isHost || engine.carriedNamespaces === null) return [];
  const component = engine.carriedNamespaces(federatedIstioNamespaces(federation));
  return [planFile(cluster, 'federatedTrust', 'namespaces', 'trust.cacerts', component)];
}

function carryingSteps({ clusters, engine }: Federation): readonly FederatedCacertsStep[] {
  return clusters
    .filter(({ isHost }) => isHost)
    .map((host) => ({
      ...stepBase({ wave: 'federatedTrust', target: host }),
      action: 'federated-cacerts',
      gate: { kind: 'cacerts-present' },
      engine: engine.name,
      brings: [
        { brings: 'object', group: '', kind: 'Secret', namespace: 'istio-system', name: 'cacerts', isEverywhere: true },
      ],
      undo: `${engine.name}-federated-cacerts`,
      clusters: clusters.map(({ federationCluster }) => federationCluster),
    }));
}

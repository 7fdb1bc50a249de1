import type { Cluster, Federation, Workload } from '../model/federation.ts';
import type { FederatedNamespaceSpec, NamespaceSpec } from './component.ts';

/** Namespace of Istio's control plane and gateways. */
export const istioNamespace = 'istio-system';

// What `istioctl install` itself puts on the namespace (1.7.2 operator/cmd/mesh/install.go, createNamespace).
const istioLabels = { 'istio-injection': 'disabled' };
const workloadLabels = { 'istio-injection': 'enabled' };

interface Namespace extends NamespaceSpec {
  /** Names of the clusters that need it. */
  readonly clusters: ReadonlySet<string>;
  readonly isFederated: boolean;
}

function istioNamespaceOf({ clusters, cacerts }: Federation): Namespace {
  return {
    name: istioNamespace,
    labels: istioLabels,
    cause: 'trust.cacerts',
    clusters: new Set(clusters.map(({ name }) => name)),
    isFederated: cacerts === 'federated-secret',
  };
}

function workloadNamespacesOf({ workloads }: Federation): readonly Namespace[] {
  const names = [...new Set(workloads.map(({ namespace }) => namespace))];
  return names.map((name) => {
    const inside = workloads.filter(({ namespace }) => namespace === name) as [Workload, ...Workload[]];
    return {
      name,
      labels: workloadLabels,
      cause: `workloads.${inside[0].name}.namespace`,
      clusters: new Set(inside.flatMap(({ clusters }) => [...clusters])),
      isFederated: inside.some(({ delivery }) => delivery === 'federated'),
    };
  });
}

/**
 * The namespaces that a cluster's own directory makes: those no engine makes there, and on the host also the
 * federated ones, which KubeFed adopts but never creates (v0.10.0, seen).
 */
export function plainNamespaces(federation: Federation): (cluster: Cluster) => readonly NamespaceSpec[] {
  const namespaces = [istioNamespaceOf(federation), ...workloadNamespacesOf(federation)];
  return (cluster) =>
    namespaces
      .filter(({ clusters, isFederated }) => (isFederated ? cluster.isHost : clusters.has(cluster.name)))
      .map(({ name, labels, cause }) => ({ name, labels, cause }));
}

function toFederated({ clusters }: Federation, namespaces: readonly Namespace[]): readonly FederatedNamespaceSpec[] {
  return namespaces
    .filter(({ isFederated }) => isFederated)
    .map(({ name, labels, cause, clusters: placed }) => ({
      name,
      labels,
      cause,
      placement: clusters.filter((cluster) => placed.has(cluster.name)).map((cluster) => cluster.federationCluster),
      // Deleting it would otherwise delete istiod, the gateways and the certificates of every member.
      isOrphaned: name === istioNamespace,
    }));
}

/** istio-system, when the CA's Secret is federated into it. */
export function federatedIstioNamespaces(federation: Federation): readonly FederatedNamespaceSpec[] {
  return toFederated(federation, [istioNamespaceOf(federation)]);
}

/** The namespaces of all workloads that the engine delivers. */
export function federatedWorkloadNamespaces(federation: Federation): readonly FederatedNamespaceSpec[] {
  return toFederated(federation, workloadNamespacesOf(federation));
}

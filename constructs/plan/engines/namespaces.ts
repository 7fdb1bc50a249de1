import { groupBy } from '../../domain/group-by.ts';
import type { IstioDialect } from '../../domain/istio/dialects.ts';
import { labelsForDiscovery, labelsOfNamespace } from '../../domain/istio/discovery-selectors.ts';
import {
  istioNamespace,
  istioNamespaceLabels,
  type Labels,
  workloadNamespaceLabels,
} from '../../domain/istio/namespaces.ts';
import { escapePointerToken } from '../../domain/json/pointer.ts';
import type { Cluster, Federation } from '../../model/federation.ts';
import type { EngineOverride, FederatedNamespaceSpec, NamespaceSpec } from '../component.ts';

interface Namespace {
  readonly name: string;
  readonly cause: string;
  readonly labelsIn: (cluster: Cluster) => Labels;
  readonly annotationsIn: (cluster: Cluster) => Labels;
  /** Names of the clusters that need the namespace. */
  readonly clusters: ReadonlySet<string>;
  readonly isFederated: boolean;
}

/** Labels of istio-system in each cluster. */
const istioLabels: Readonly<Record<IstioDialect['name'], (cluster: Cluster) => Labels>> = {
  // `istioctl install` itself sets this label on the namespace (1.7.2 operator/cmd/mesh/install.go, createNamespace).
  '1.7': () => ({ 'istio-injection': 'disabled' }),
  current: ({ network }) => istioNamespaceLabels(network),
};

// The primary that writes the root certificate and the webhook's trust here. It reads the annotation only once, when it
// first reads the cluster, and treats a blank after a comma as part of a name (1.30.3
// pilot/pkg/serviceregistry/kube/controller/multicluster.go).
function istioAnnotations({ controlPlane }: Cluster): Labels {
  return controlPlane.kind === 'remote' && controlPlane.injector === 'primary'
    ? { 'topology.istio.io/controlPlaneClusters': controlPlane.primaryIstioCluster }
    : {};
}

function istioNamespaceOf(federation: Federation): Namespace {
  const { clusters, trust, istio } = federation;
  return {
    name: istioNamespace,
    cause: 'trust.cacerts',
    labelsIn: discovered(federation, istioNamespace, istioLabels[istio.dialect.name]),
    annotationsIn: istioAnnotations,
    clusters: new Set(clusters.map(({ name }) => name)),
    isFederated: trust.isCarried,
  };
}

// Without them, an istiod with selectors ignores the gateways and Services of a namespace. A rule has refused selectors
// that no labels meet.
function discovered(
  { istio, clusters }: Federation,
  name: string,
  labelsIn: (cluster: Cluster) => Labels,
): (cluster: Cluster) => Labels {
  const own = clusters.map((cluster) => labelsOfNamespace(name, labelsIn(cluster)));
  const further = labelsForDiscovery(istio.discoverySelectors, own) ?? {};
  return (cluster) => ({ ...labelsIn(cluster), ...further });
}

function workloadNamespacesOf(federation: Federation): readonly Namespace[] {
  const { workloads, engine } = federation;
  // Mesh configuration may be in Istio's own namespace, which has other labels and which no engine creates.
  const others = workloads.filter(({ namespace }) => namespace !== istioNamespace);
  return [...groupBy(others, ({ namespace }) => namespace)].map(([name, inside]) => ({
    name,
    cause: `workloads.${inside[0].name}.namespace`,
    labelsIn: discovered(federation, name, () => workloadNamespaceLabels),
    annotationsIn: () => ({}),
    clusters: new Set(inside.flatMap(({ clusters }) => [...clusters])),
    isFederated: engine.makesNamespaces && inside.some(({ delivery }) => delivery === 'federated'),
  }));
}

/**
 * The namespaces in a cluster's own directory: those that no engine creates there, and on the host also those that the
 * engine must find there.
 */
export function plainNamespaces(federation: Federation): (cluster: Cluster) => readonly NamespaceSpec[] {
  // A namespace holds more than our objects: the engine must not delete it with the last of ours.
  const kept = federation.gitops?.engine.keepAnnotations ?? {};
  const namespaces = [istioNamespaceOf(federation), ...workloadNamespacesOf(federation)];
  const holdsFederated = ({ isHost }: Cluster): boolean => isHost && federation.engine.adoptsNamespaces;
  return (cluster) =>
    namespaces
      .filter(({ clusters, isFederated }) => (isFederated ? holdsFederated(cluster) : clusters.has(cluster.name)))
      .map(({ name, cause, labelsIn, annotationsIn }) => ({
        name,
        cause,
        labels: labelsIn(cluster),
        annotations: { ...kept, ...annotationsIn(cluster) },
      }));
}

function toFederated({ clusters }: Federation, namespaces: readonly Namespace[]): readonly FederatedNamespaceSpec[] {
  return namespaces
    .filter(({ isFederated }) => isFederated)
    .map(({ name, labelsIn, cause, clusters: names }) => {
      const placed = clusters.filter((cluster) => names.has(cluster.name));
      const [first] = placed;
      const labels = first === undefined ? {} : labelsIn(first);
      return {
        name,
        labels,
        cause,
        placement: placed.map(({ federationCluster }) => federationCluster),
        overrides: placed.flatMap((cluster) => labelOverrides(cluster, labels, labelsIn(cluster))),
        // Otherwise deleting it would delete istiod, the gateways and the certificates of every member.
        isOrphaned: name === istioNamespace,
      };
    });
}

// A template has one set of labels. Between clusters only the values of the labels differ.
function labelOverrides({ federationCluster }: Cluster, template: Labels, wanted: Labels): readonly EngineOverride[] {
  const patches = Object.entries(wanted)
    .filter(([key, value]) => template[key] !== value)
    .map(([key, value]) => ({ op: 'replace' as const, path: `/metadata/labels/${escapePointerToken(key)}`, value }));
  return patches.length === 0 ? [] : [{ clusterName: federationCluster, patches }];
}

/** istio-system, if the CA's Secret is federated into it. */
export function federatedIstioNamespaces(federation: Federation): readonly FederatedNamespaceSpec[] {
  return toFederated(federation, [istioNamespaceOf(federation)]);
}

/** The namespaces of all workloads that the engine delivers. */
export function federatedWorkloadNamespaces(federation: Federation): readonly FederatedNamespaceSpec[] {
  return toFederated(federation, workloadNamespacesOf(federation));
}

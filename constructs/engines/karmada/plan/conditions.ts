import { groupOf } from '../../../domain/kubernetes/kinds.ts';
import { namespaceOf } from '../../../domain/kubernetes/object.ts';
import type { Federation } from '../../../model/federation.ts';
import { type AppliedObject, type Condition, literally } from '../../../plan/conditions/condition.ts';
import type { EngineConditions } from '../../../plan/conditions/engine-conditions.ts';
import { engineNamesOf } from '../../../plan/engines/federated.ts';
import { federatedWorkloadNamespaces } from '../../../plan/engines/namespaces.ts';

const registration = 'cluster.cluster.karmada.io';

/** How Karmada's own API server shows that it is ready, and that it has delivered. */
export const karmadaConditions: EngineConditions = {
  installed: () => [],
  registered: (at, cluster) => [
    {
      at,
      kind: registration,
      namespace: null,
      name: cluster,
      jsonpath: '{.status.conditions[?(@.type=="Ready")].status}',
      match: 'some',
      pattern: 'True',
      isAwaited: false,
      fix: 'join the cluster, or check the object that Karmada has for it: docs/engines.md of mesh-federation',
    },
  ],
  typeEnabled: knownEverywhere,
  propagated: deliveredEverywhere,
};

// Karmada silently leaves out a cluster, forever, if it does not know yet that the cluster has the kind.
function knownEverywhere(
  { clusters, customKinds }: Federation,
  at: Condition['at'],
  { kind, name }: AppliedObject,
): readonly Condition[] {
  const added = customKinds.find(({ plural, group }) => `${plural}.${group}` === name)?.kind;
  if (kind !== 'CustomResourceDefinition' || added === undefined) return [];
  return clusters.map(({ federationCluster }) => ({
    at,
    kind: registration,
    namespace: null,
    name: federationCluster,
    jsonpath: `{.status.apiEnablements[*].resources[?(@.kind=="${added}")].kind}`,
    match: 'some',
    pattern: `${added}( ${added})*`,
    isAwaited: true,
    fix: `Karmada does not know yet that the cluster has ${added}: look at its object for the cluster`,
  }));
}

// Karmada's binding of an object lists its clusters, in any order. "FullyApplied" alone is not enough: it ignores a cluster
// that Karmada left out.
function deliveredEverywhere(federation: Federation, at: Condition['at'], object: AppliedObject): readonly Condition[] {
  const { group, kind, namespace, name } = object;
  if (group === 'policy.karmada.io') return [];
  const clusters = clustersOf(federation, object);
  const one = `(${clusters.map(literally).join('|')})`;
  return [
    {
      at,
      kind: `${namespace === null ? 'clusterresourcebinding' : 'resourcebinding'}.work.karmada.io`,
      namespace,
      name: `${name.replaceAll(':', '.')}-${kind.toLowerCase()}`,
      jsonpath: [
        '{.metadata.generation}',
        '{.status.schedulerObservedGeneration}',
        '{.status.conditions[?(@.type=="FullyApplied")].status}',
        '{.spec.clusters[*].name}',
      ].join(' '),
      match: 'same',
      pattern: `True( ${one}){${clusters.length}}`,
      isAwaited: true,
      fix: 'look at the conditions of the binding, and at the policies of the object',
    },
  ];
}

// The engine's names for the clusters that get an object.
function clustersOf(federation: Federation, wanted: AppliedObject): readonly string[] {
  if (wanted.group === '' && wanted.kind === 'Namespace') {
    return federatedWorkloadNamespaces(federation).find(({ name }) => name === wanted.name)?.placement ?? [];
  }
  const placed = federation.workloads
    .flatMap(({ objects }) => objects)
    .find(
      ({ object }) =>
        object.kind === wanted.kind &&
        groupOf(object.apiVersion) === wanted.group &&
        object.metadata.name === wanted.name &&
        namespaceOf(object) === wanted.namespace,
    );
  return [...(placed?.clusters ?? [])].map(engineNamesOf(federation));
}

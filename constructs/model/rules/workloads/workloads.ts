import { istioNamespace } from '../../../domain/istio/namespaces.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { didYouMean } from '../../problems/suggestion.ts';
import { unknownClusters } from '../clusters/clusters.ts';
import { type Evidence, workloadsOf } from '../evidence.ts';
import { forObjects } from '../manifests/for-objects.ts';

// File names in the output besides those of the workloads.
const reservedNames = ['kustomization', 'namespaces', 'types'];

// KubeFed never propagates these namespaces.
const reservedNamespaces = /^(default|kube-.*)$/;

function workloadNamesAreUnique(evidence: Evidence): readonly Finding[] {
  const seen = new Set<string>();
  return workloadsOf(evidence).flatMap(({ index, workload: { name } }) => {
    const isRepeated = name !== undefined && seen.has(name);
    if (name !== undefined) seen.add(name);
    const path = ['workloads', index, 'name'];
    return isRepeated
      ? [{ path, got: name, expected: 'a name that no other workload has', fix: 'rename one of the two' }]
      : [];
  });
}

function workloadNameIsNotReserved(evidence: Evidence): readonly Finding[] {
  return workloadsOf(evidence)
    .filter(({ workload }) => workload.name !== undefined && reservedNames.includes(workload.name))
    .map(({ index, workload }) => ({
      path: ['workloads', index, 'name'],
      got: workload.name,
      expected: `a name other than ${reservedNames.join(', ')}: files of the output have these names`,
      fix: 'choose another name',
    }));
}

function namespaceIsNotReserved(evidence: Evidence): readonly Finding[] {
  return workloadsOf(evidence)
    .filter(({ workload }) => workload.namespace !== undefined && reservedNamespaces.test(workload.namespace))
    .map(({ index, workload }) => ({
      path: ['workloads', index, 'namespace'],
      got: workload.namespace,
      expected: 'a namespace of your own: not default or kube-*',
      fix: 'move the workload to a namespace of its own',
    }));
}

// It must not be injected or federated like a workload's. What istiod reads there is for the whole mesh, or for its
// gateways, and reaches the primaries without an engine.
function istioNamespaceHoldsMeshConfiguration(evidence: Evidence): readonly Finding[] {
  return forObjects(evidence, ({ workload, kind, name, configuresTheMesh }) =>
    configuresTheMesh || evidence.declaration.workloads?.[workload]?.namespace !== istioNamespace
      ? null
      : {
          at: ['kind'],
          got: new Described(`${kind}/${name}`),
          expected: `only what istiod reads (PeerAuthentication, Telemetry, EnvoyFilter...) in ${istioNamespace}`,
          fix: 'move it to a workload in a namespace of its own',
        },
  );
}

function workloadHasManifests(evidence: Evidence): readonly Finding[] {
  return workloadsOf(evidence)
    .filter(({ workload }) => !('manifests' in workload) && !evidence.constructs.includes(workload.name ?? ''))
    .map(({ index }) => ({
      path: ['workloads', index],
      got: undefined,
      expected: 'manifests: files and directories of plain Kubernetes YAML',
      fix: 'add manifests, or pass constructs of this name to loadFederation',
    }));
}

function constructsNameAWorkload(evidence: Evidence): readonly Finding[] {
  const names = workloadsOf(evidence).flatMap(({ workload }) => workload.name ?? []);
  return evidence.constructs
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: ['workloads'],
      got: name,
      expected: 'the name of a declared workload: the declaration says where its constructs run',
      fix: didYouMean(name, names, 'declare a workload of this name'),
    }));
}

type ClusterList = 'placement' | 'clients';

function unknownInList(evidence: Evidence, key: ClusterList): readonly Finding[] {
  return workloadsOf(evidence).flatMap(({ index, workload }) => {
    const list = workload[key];
    if (list === undefined || typeof list === 'string') return [];
    return unknownClusters(evidence, list, (_, position) => ['workloads', index, key, position]).map((finding) =>
      finding.got === 'all' ? { ...finding, fix: `write all without the brackets: "${key}: all"` } : finding,
    );
  });
}

const placementNamesACluster = (evidence: Evidence): readonly Finding[] => unknownInList(evidence, 'placement');

const clientsNameACluster = (evidence: Evidence): readonly Finding[] => unknownInList(evidence, 'clients');

function placementNamesAClusterOnce(evidence: Evidence): readonly Finding[] {
  return workloadsOf(evidence).flatMap(({ index, workload }) =>
    (['placement', 'clients'] as const).flatMap((key) => {
      const list = workload[key];
      if (list === undefined || typeof list === 'string') return [];
      const first = new Map([...list.entries()].reverse().map(([position, name]) => [name, position]));
      return list.flatMap((name, position) =>
        name !== undefined && first.get(name) !== position
          ? [{ path: ['workloads', index, key, position], got: name, expected: 'each cluster once', fix: 'remove it' }]
          : [],
      );
    }),
  );
}

/** Rules about workloads, except for their manifests and overrides. */
export const workloadRules = {
  workloadNamesAreUnique,
  workloadHasManifests,
  constructsNameAWorkload,
  workloadNameIsNotReserved,
  namespaceIsNotReserved,
  istioNamespaceHoldsMeshConfiguration,
  placementNamesACluster,
  clientsNameACluster,
  placementNamesAClusterOnce,
};

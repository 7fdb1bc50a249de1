import type { Finding } from '../finding.ts';
import { didYouMean } from '../problems/suggestion.ts';
import { type Subject, workloadsOf } from '../subject.ts';
import { unknownClusters } from './clusters.ts';

// File names of the output beside those of the workloads.
const reservedNames = ['kustomization', 'namespaces', 'types'];

// KubeFed never propagates these, and Istio's own must not be injected or federated as a workload's.
const reservedNamespaces = /^(default|istio-system|kube-.*)$/;

function workloadNamesAreUnique(subject: Subject): readonly Finding[] {
  const seen = new Set<string>();
  return workloadsOf(subject).flatMap(({ index, workload: { name } }) => {
    const isRepeated = name !== undefined && seen.has(name);
    if (name !== undefined) seen.add(name);
    const path = ['workloads', index, 'name'];
    return isRepeated
      ? [{ path, got: name, expected: 'a name that no other workload has', fix: 'rename one of the two' }]
      : [];
  });
}

function workloadNameIsNotReserved(subject: Subject): readonly Finding[] {
  return workloadsOf(subject)
    .filter(({ workload }) => workload.name !== undefined && reservedNames.includes(workload.name))
    .map(({ index, workload }) => ({
      path: ['workloads', index, 'name'],
      got: workload.name,
      expected: `a name other than ${reservedNames.join(', ')}: these are files of the output`,
      fix: 'choose another name',
    }));
}

function namespaceIsNotReserved(subject: Subject): readonly Finding[] {
  return workloadsOf(subject)
    .filter(({ workload }) => workload.namespace !== undefined && reservedNamespaces.test(workload.namespace))
    .map(({ index, workload }) => ({
      path: ['workloads', index, 'namespace'],
      got: workload.namespace,
      expected: 'a namespace of your own: not default, istio-system or kube-*',
      fix: 'move the workload to a namespace of its own',
    }));
}

function workloadHasManifests(subject: Subject): readonly Finding[] {
  return workloadsOf(subject)
    .filter(({ workload }) => !('manifests' in workload) && !subject.constructs.includes(workload.name ?? ''))
    .map(({ index }) => ({
      path: ['workloads', index],
      got: undefined,
      expected: 'manifests: files and directories of plain Kubernetes YAML',
      fix: 'add manifests, or hand constructs of this name to loadFederation',
    }));
}

function constructsNameAWorkload(subject: Subject): readonly Finding[] {
  const names = workloadsOf(subject).flatMap(({ workload }) => workload.name ?? []);
  return subject.constructs
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: ['workloads'],
      got: name,
      expected: 'a workload of the declaration for all constructs: it says where they run',
      fix: didYouMean(name, names, 'declare a workload of this name'),
    }));
}

type ClusterList = 'placement' | 'clients';

function unknownInList(subject: Subject, key: ClusterList): readonly Finding[] {
  return workloadsOf(subject).flatMap(({ index, workload }) => {
    const list = workload[key];
    if (list === undefined || typeof list === 'string') return [];
    return unknownClusters(subject, list, (_, position) => ['workloads', index, key, position]);
  });
}

const placementNamesACluster = (subject: Subject): readonly Finding[] => unknownInList(subject, 'placement');

const clientsNameACluster = (subject: Subject): readonly Finding[] => unknownInList(subject, 'clients');

function placementNamesAClusterOnce(subject: Subject): readonly Finding[] {
  return workloadsOf(subject).flatMap(({ index, workload }) =>
    (['placement', 'clients'] as const).flatMap((key) => {
      const list = workload[key];
      if (list === undefined || typeof list === 'string') return [];
      return list.flatMap((name, position) =>
        name !== undefined && list.indexOf(name) < position
          ? [{ path: ['workloads', index, key, position], got: name, expected: 'each cluster once', fix: 'remove it' }]
          : [],
      );
    }),
  );
}

/** Rules about workloads, but for their manifests and overrides. */
export const workloadRules = {
  workloadNamesAreUnique,
  workloadHasManifests,
  constructsNameAWorkload,
  workloadNameIsNotReserved,
  namespaceIsNotReserved,
  placementNamesACluster,
  clientsNameACluster,
  placementNamesAClusterOnce,
};

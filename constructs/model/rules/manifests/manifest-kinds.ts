import { configuresTheMesh } from '../../../domain/istio/configuration-kinds.ts';
import { apiVersionOf, type FederatedKind, federatedKindsOf } from '../../../domain/kubefed-kinds.ts';
import { kubefedReleases } from '../../../domain/kubefed-releases.ts';
import { isDefinition, readCustomKind } from '../../../domain/kubernetes/custom-kinds.ts';
import { isBuiltInGroup } from '../../../domain/kubernetes/kinds.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { type Evidence, engineOf } from '../evidence.ts';
import { overridesOf, targetOf } from '../overrides/overrides.ts';
import { type Fault, forObjects } from './for-objects.ts';

// Whether it has a namespace must be known, and an engine has to be told of the kind.
function manifestKindIsKnown(evidence: Evidence): readonly Finding[] {
  const known = new Set(evidence.customKinds.map(({ group, kind }) => `${group}/${kind}`));
  const needsDefinition = engineOf(evidence)?.needsDefinitions ?? false;
  return forObjects(evidence, ({ group, kind, namespace }, delivery) => {
    if (isBuiltInGroup(group) || configuresTheMesh(group) || known.has(`${group}/${kind}`)) return null;
    const isForTheEngine = delivery === 'federated' && needsDefinition;
    if (namespace !== null && !isForTheEngine) return null;
    return {
      at: ['apiVersion'],
      got: new Described(`${kind} of ${group}`),
      expected: 'a kind of Kubernetes, of Istio, or of a CustomResourceDefinition among the manifests',
      fix: isForTheEngine
        ? 'add its CustomResourceDefinition to the manifests, or use delivery: direct'
        : 'add its CustomResourceDefinition to the manifests, or write the namespace of the object',
    };
  });
}

function definitionIsReadable(evidence: Evidence): readonly Finding[] {
  return forObjects(evidence, (manifest) => {
    const read = isDefinition(manifest) ? readCustomKind(manifest.object) : null;
    if (read === null || !('path' in read)) return null;
    return {
      at: read.path,
      got: new Described(`CustomResourceDefinition/${manifest.name}`),
      expected: `a complete CustomResourceDefinition of apiextensions.k8s.io/v1: ${read.path.join('.')} says nothing, or not what it should`,
      fix: 'write group, names.kind, names.plural, scope, and one version that is served and stored',
    };
  });
}

// A template has no apiVersion of its own: KubeFed makes it an object of the version that its type config names.
function ofTheOtherVersion(row: FederatedKind, got: string): Fault {
  const apiVersion = apiVersionOf(row);
  return {
    at: ['apiVersion'],
    got,
    expected: `${apiVersion}: the version in which KubeFed makes ${row.plural}`,
    fix: `write it as ${apiVersion}`,
  };
}

// Other rules speak of these, and a definition goes to every cluster by itself.
const notFederated = ['Namespace', 'Secret', 'CustomResourceDefinition'];

function manifestKindIsFederated(evidence: Evidence): readonly Finding[] {
  const release = kubefedReleases[evidence.declaration.federation?.version ?? ''];
  if (release === undefined) return [];
  const { customKinds } = evidence;
  const kinds = [...federatedKindsOf(release), ...(release.enablesFurtherKinds ? customKinds : [])];
  const custom = new Set(customKinds.map(({ group, kind }) => `${group}/${kind}`));
  return forObjects(evidence, ({ apiVersion, group, kind }, delivery) => {
    const isKnown = isBuiltInGroup(group) || custom.has(`${group}/${kind}`);
    if (delivery !== 'federated' || !isKnown || notFederated.includes(kind)) return null;
    const row = kinds.find((known) => known.kind === kind && known.group === group);
    if (row !== undefined) return apiVersionOf(row) === apiVersion ? null : ofTheOtherVersion(row, apiVersion);
    return {
      at: ['kind'],
      got: new Described(group === '' ? kind : `${kind} of ${group}`),
      expected: `a kind that KubeFed federates: ${kinds.map((row) => (row.kind === 'Ingress' ? `Ingress of ${row.group}` : row.kind)).join(', ')}`,
      fix: 'move it to a workload with delivery: direct',
    };
  });
}

// KubeFed names a Federated kind and its resource after the kind alone, whatever the group.
function federatedKindIsUnique(evidence: Evidence): readonly Finding[] {
  const release = kubefedReleases[evidence.declaration.federation?.version ?? ''];
  if (release === undefined) return [];
  const kinds = [...federatedKindsOf(release), ...evidence.customKinds];
  return forObjects(evidence, (manifest, delivery) => {
    const { group, kind } = manifest;
    const own = evidence.customKinds.find((one) => one.group === group && one.kind === kind);
    if (delivery !== 'federated' || own === undefined) return null;
    const other = kinds.find((one) => one.group !== group && (one.kind === kind || one.plural === own.plural));
    if (other === undefined) return null;
    return {
      at: ['kind'],
      got: new Described(`${kind} of ${group}`),
      expected: `a kind whose Federated one is its own: Federated${other.kind} is that of ${other.group === '' ? 'Kubernetes itself' : other.group}`,
      fix: 'use delivery: direct',
    };
  });
}

// It goes to every cluster as it is: what tells the clusters apart is in the objects.
function definitionIsTheSameEverywhere(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) => {
    const target = targetOf(evidence, override);
    if (target === undefined || !isDefinition(target)) return [];
    return [
      {
        path: [...override.path, 'resource'],
        got: override.entry.resource,
        expected: 'an object that a cluster runs: a CustomResourceDefinition is the same everywhere',
        fix: 'remove the override',
      },
    ];
  });
}

/** Rules about the kinds of the objects of workloads. */
export const manifestKindRules = {
  manifestKindIsKnown,
  definitionIsReadable,
  definitionIsTheSameEverywhere,
  manifestKindIsFederated,
  federatedKindIsUnique,
};

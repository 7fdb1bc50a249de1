import { apiVersionOf, isBuiltInGroup } from '../../../domain/kubernetes/kinds.ts';
import type { Finding } from '../../../model/problems/finding.ts';
import { Described } from '../../../model/problems/printable.ts';
import type { Evidence } from '../../../model/rules/evidence.ts';
import { findKindFault } from '../../../model/rules/manifests/built-in-kinds.ts';
import { forObjects, type ObjectFinding } from '../../../model/rules/manifests/for-objects.ts';
import { type FederatedKind, federatedKindsOf, toFederatedKind } from '../domain/kinds.ts';
import { kubefedReleases } from '../domain/releases.ts';

// A template has no apiVersion of its own. KubeFed creates the object in the version that its type config names.
function ofTheOtherVersion(row: FederatedKind, got: string): ObjectFinding {
  const apiVersion = apiVersionOf(row);
  return {
    at: ['apiVersion'],
    got,
    expected: `${apiVersion}: the version in which KubeFed creates ${row.plural}`,
    fix: `write it as ${apiVersion}`,
  };
}

// Other rules cover these kinds, and a definition goes to every cluster unchanged.
const notFederated = ['Namespace', 'Secret', 'CustomResourceDefinition'];

function manifestKindIsFederated(evidence: Evidence): readonly Finding[] {
  const release = kubefedReleases[evidence.declaration.federation?.version ?? ''];
  if (release === undefined) return [];
  const { customKinds } = evidence;
  const kinds = [
    ...federatedKindsOf(release),
    ...(release.enablesFurtherKinds ? customKinds.map(toFederatedKind) : []),
  ];
  const custom = new Set(customKinds.map(({ group, kind }) => `${group}/${kind}`));
  return forObjects(evidence, (manifest, delivery) => {
    const { apiVersion, group, kind } = manifest;
    if (findKindFault(evidence, manifest) !== null) return null;
    const isKnown = isBuiltInGroup(group) || custom.has(`${group}/${kind}`);
    if (delivery !== 'federated' || manifest.configuresTheMesh || !isKnown || notFederated.includes(kind)) return null;
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

// KubeFed names a Federated kind and its resource after the kind alone and ignores the group.
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
      expected: `a kind that does not share its Federated kind: Federated${other.kind} already belongs to ${other.group === '' ? 'Kubernetes itself' : other.group}`,
      fix: 'use delivery: direct',
    };
  });
}

/** Rules about the kinds that KubeFed federates. */
export const kindRules = { manifestKindIsFederated, federatedKindIsUnique };

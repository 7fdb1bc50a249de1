import { configuresTheMesh } from '../../../domain/istio/configuration-kinds.ts';
import {
  builtInKinds,
  findRemoved,
  type RemovedVersion,
  versionsOfKind,
} from '../../../domain/kubernetes/built-in-kinds.ts';
import { groupOf } from '../../../domain/kubernetes/kinds.ts';
import { nearestKind } from '../../manifests/kind-names.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { nearest } from '../../problems/suggestion.ts';
import { type Evidence, istioReleaseOf } from '../evidence.ts';
import { forObjects, type ObjectFinding } from './for-objects.ts';

type Named = Pick<Manifest, 'apiVersion' | 'group' | 'kind'>;

const groups = new Set(Object.keys(builtInKinds).map(groupOf));
// Optional and future APIs add kinds to the other groups.
const closedGroups = ['', 'apps', 'autoscaling', 'batch', 'extensions', 'policy'];

/** Why no server has a kind under its apiVersion. Null if one may have it, or if the kind is not Kubernetes' own. */
export function findKindFault(evidence: Evidence, named: Named): ObjectFinding | null {
  const { apiVersion, group, kind } = named;
  const isCustom = evidence.customKinds.some((custom) => custom.group === group && custom.kind === kind);
  if (isCustom || configuresTheMesh(group)) return null;
  const versions = versionsOfKind(kind);
  if (versions.includes(apiVersion)) return null;
  const removed = findRemoved(apiVersion, kind);
  if (removed !== undefined) return ofRemoved(evidence, named, removed);
  if (versions.length > 0) return ofOtherVersion(named, versions);
  return groups.has(group) || group === 'extensions' ? ofUnknownKind(named) : null;
}

function ofRemoved(evidence: Evidence, { apiVersion, kind }: Named, { removedIn, replacement }: RemovedVersion) {
  const first = istioReleaseOf(evidence)?.kubernetesMinors[0] ?? 0;
  if (removedIn > first) return null;
  if (replacement === null)
    return {
      at: ['kind'],
      got: new Described(`${kind} of ${apiVersion}`),
      expected: `a kind that Kubernetes 1.${first} and newer have: 1.${removedIn} removed this one`,
      fix: 'remove it; Pod Security Admission has taken its place',
    };
  return {
    at: ['apiVersion'],
    got: apiVersion,
    expected: `${replacement}: Kubernetes 1.${removedIn} removed ${kind} of ${apiVersion}`,
    fix: `write apiVersion: ${replacement}, and compare its fields: some have other names there`,
  };
}

function ofOtherVersion({ apiVersion, group, kind }: Named, versions: readonly string[]): ObjectFinding | null {
  const [current = ''] = versions;
  const near = groups.has(group) || group === 'extensions' ? current : nearVersion(apiVersion, versions);
  if (near === null) return null;
  const meant = versions.find((version) => groupOf(version) === group) ?? near;
  return {
    at: ['apiVersion'],
    got: apiVersion,
    expected: `${versions.join(' or ')}, the API of ${kind}`,
    fix: `write apiVersion: ${meant}`,
  };
}

// `networking/v1` is short for networking.k8s.io/v1.
function nearVersion(apiVersion: string, versions: readonly string[]): string | null {
  const [first = ''] = groupOf(apiVersion).split('.');
  return versions.find((version) => groupOf(version).split('.')[0] === first) ?? nearest(apiVersion, versions);
}

function ofUnknownKind({ apiVersion, group, kind }: Named): ObjectFinding | null {
  const kinds = builtInKinds[apiVersion] ?? [];
  const near = nearestKind(kind, kinds) ?? nearestKind(kind);
  if (near === null && !closedGroups.includes(group)) return null;
  const place = near === null ? '' : ` (apiVersion: ${versionsOfKind(near)[0]})`;
  return {
    at: ['kind'],
    got: new Described(`${kind} of ${apiVersion}`),
    expected:
      kinds.length === 0 ? 'an apiVersion and a kind of Kubernetes' : `a kind of ${apiVersion}: ${kinds.join(', ')}`,
    fix: near === null ? 'correct the kind or the apiVersion' : `did you mean "${near}"${place}?`,
  };
}

function manifestKindIsServed(evidence: Evidence): readonly Finding[] {
  return forObjects(evidence, (manifest) => findKindFault(evidence, manifest));
}

/** Rules about Kubernetes' own kinds and their versions. */
export const builtInKindRules = { manifestKindIsServed };

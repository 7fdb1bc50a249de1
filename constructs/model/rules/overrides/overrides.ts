import type { Path } from '../../../domain/json/path.ts';
import { dnsLabelPattern } from '../../../domain/kubernetes/dns-names.ts';
import type { Draft } from '../../declaration/check-shape.ts';
import type { Declaration } from '../../declaration/declaration.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { didYouMean } from '../../problems/suggestion.ts';
import { unknownClusters } from '../clusters/clusters.ts';
import { deliveryOf, type Evidence, workloadsOf } from '../evidence.ts';

type OverrideEntry = Draft<Declaration['workloads'][number]['overrides'][string][number]>;

/** The patches of one cluster for one manifest, with the place where they are declared. */
export interface Override {
  readonly workload: number;
  readonly cluster: string;
  readonly entry: OverrideEntry;
  readonly path: Path;
}

/** Every entry of every workload's overrides that has a usable part. */
export function overridesOf(evidence: Evidence): readonly Override[] {
  return workloadsOf(evidence).flatMap(({ index, workload }) =>
    Object.entries(workload.overrides ?? {}).flatMap(([cluster, entries]) =>
      (entries ?? []).flatMap((entry, position) =>
        entry === undefined
          ? []
          : [{ workload: index, cluster, entry, path: ['workloads', index, 'overrides', cluster, position] }],
      ),
    ),
  );
}

// A rule about the shape of names reports the others.
const isName = (key: string): boolean => dnsLabelPattern.test(key);

function overrideNamesACluster(evidence: Evidence): readonly Finding[] {
  return workloadsOf(evidence).flatMap(({ index, workload }) =>
    unknownClusters(evidence, Object.keys(workload.overrides ?? {}).filter(isName), (name) => [
      'workloads',
      index,
      'overrides',
      name,
    ]).map((finding) => ({ ...finding, isKey: true })),
  );
}

function overrideIsOfAFederatedWorkload(evidence: Evidence): readonly Finding[] {
  return workloadsOf(evidence)
    .filter((draft) => deliveryOf(draft) === 'direct' && Object.keys(draft.workload.overrides ?? {}).length > 0)
    .map(({ index }) => ({
      path: ['workloads', index, 'overrides'],
      got: new Described('overrides with delivery: direct'),
      expected: 'overrides only with delivery: federated: a direct workload is the same in every cluster',
      fix: 'use a workload per cluster, with its own manifests and placement',
      isKey: true,
    }));
}

function manifestsOf(evidence: Evidence, workload: number): readonly Manifest[] {
  return evidence.manifests.filter((manifest) => manifest.workload === workload);
}

/** `KIND/NAME`, the reference to a manifest in an override. */
export const resourceOf = ({ kind, name }: Manifest): string => `${kind}/${name}`;

/** The manifest that an override names, if it exists. */
export function targetOf(evidence: Evidence, { workload, entry }: Override): Manifest | undefined {
  return manifestsOf(evidence, workload).find((manifest) => resourceOf(manifest) === entry.resource);
}

// A manifest that could not be read may be the one that an override means.
function allManifestsAreRead(evidence: Evidence, workload: number): boolean {
  const files = evidence.declaration.workloads?.[workload]?.manifests ?? [];
  const reads = evidence.reads.filter((read) => read.workload === workload);
  return files.every((file) => file !== undefined) && reads.every(({ outcome }) => outcome.kind === 'read');
}

function overrideNamesAManifest(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) => {
    const { resource } = override.entry;
    const isKnown = resource === undefined || targetOf(evidence, override) !== undefined;
    if (isKnown || !allManifestsAreRead(evidence, override.workload)) return [];
    const known = manifestsOf(evidence, override.workload).map(resourceOf);
    return [
      {
        path: [...override.path, 'resource'],
        got: resource,
        expected: `one of ${known.join(', ')}: the manifests of this workload`,
        fix: didYouMean(resource, known, 'name one of them, or add the manifest'),
      },
    ];
  });
}

function overrideNamesAManifestOnce(evidence: Evidence): readonly Finding[] {
  const seen = new Set<string>();
  return overridesOf(evidence).flatMap(({ workload, cluster, entry: { resource }, path }) => {
    const identity = JSON.stringify([workload, cluster, resource]);
    const isRepeated = resource !== undefined && seen.has(identity);
    seen.add(identity);
    const expected = 'each manifest once per cluster';
    return isRepeated
      ? [{ path: [...path, 'resource'], got: resource, expected, fix: 'merge the two lists of patches' }]
      : [];
  });
}

/** Rules about the clusters and manifests of overrides. */
export const overrideRules = {
  overrideNamesACluster,
  overrideIsOfAFederatedWorkload,
  overrideNamesAManifest,
  overrideNamesAManifestOnce,
};

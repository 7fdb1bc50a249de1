import type { Declaration } from '../declaration/declaration.ts';
import type { Finding } from '../finding.ts';
import { Described } from '../problems/printable.ts';
import { didYouMean } from '../problems/suggestion.ts';
import type { Draft } from '../shape.ts';
import { deliveryOf, type Manifest, type Subject, workloadsOf } from '../subject.ts';
import type { Path } from '../yaml-source.ts';
import { unknownClusters } from './clusters.ts';

type OverrideEntry = Draft<Declaration['workloads'][number]['overrides'][string][number]>;

/** The patches of one cluster for one manifest, with the place where they are declared. */
export interface Override {
  readonly workload: number;
  readonly cluster: string;
  readonly entry: OverrideEntry;
  readonly path: Path;
}

/** Every entry of every workload's overrides, of which anything is left. */
export function overridesOf(subject: Subject): readonly Override[] {
  return workloadsOf(subject).flatMap(({ index, workload }) =>
    Object.entries(workload.overrides ?? {}).flatMap(([cluster, entries]) =>
      (entries ?? []).flatMap((entry, position) =>
        entry === undefined
          ? []
          : [{ workload: index, cluster, entry, path: ['workloads', index, 'overrides', cluster, position] }],
      ),
    ),
  );
}

function overrideNamesACluster(subject: Subject): readonly Finding[] {
  return workloadsOf(subject).flatMap(({ index, workload }) =>
    unknownClusters(subject, Object.keys(workload.overrides ?? {}), (name) => [
      'workloads',
      index,
      'overrides',
      name,
    ]).map((finding) => ({ ...finding, isKey: true })),
  );
}

function overrideIsOfAFederatedWorkload(subject: Subject): readonly Finding[] {
  return workloadsOf(subject)
    .filter((draft) => deliveryOf(draft) === 'direct' && Object.keys(draft.workload.overrides ?? {}).length > 0)
    .map(({ index }) => ({
      path: ['workloads', index, 'overrides'],
      got: new Described('overrides with delivery: direct'),
      expected: 'overrides only with delivery: federated: the engine applies them',
      fix: 'use a workload per cluster, with its own manifests and placement',
      isKey: true,
    }));
}

function manifestsOf(subject: Subject, workload: number): readonly Manifest[] {
  return subject.manifests.filter((manifest) => manifest.workload === workload);
}

/** `KIND/NAME`, as an override names a manifest. */
export const resourceOf = ({ kind, name }: Manifest): string => `${kind}/${name}`;

/** The manifest that an override names, if it is there. */
export function targetOf(subject: Subject, { workload, entry }: Override): Manifest | undefined {
  return manifestsOf(subject, workload).find((manifest) => resourceOf(manifest) === entry.resource);
}

// A manifest that could not be read may be the one that an override means.
function allManifestsAreRead(subject: Subject, workload: number): boolean {
  const files = subject.declaration.workloads?.[workload]?.manifests ?? [];
  const reads = subject.reads.filter((read) => read.workload === workload);
  return files.every((file) => file !== undefined) && reads.every(({ outcome }) => outcome.kind === 'read');
}

function overrideNamesAManifest(subject: Subject): readonly Finding[] {
  return overridesOf(subject).flatMap((override) => {
    const { resource } = override.entry;
    const isKnown = resource === undefined || targetOf(subject, override) !== undefined;
    if (isKnown || !allManifestsAreRead(subject, override.workload)) return [];
    const known = manifestsOf(subject, override.workload).map(resourceOf);
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

function overrideNamesAManifestOnce(subject: Subject): readonly Finding[] {
  const seen = new Set<string>();
  return overridesOf(subject).flatMap(({ workload, cluster, entry: { resource }, path }) => {
    const identity = JSON.stringify([workload, cluster, resource]);
    const isRepeated = resource !== undefined && seen.has(identity);
    seen.add(identity);
    const expected = 'each manifest once per cluster';
    return isRepeated
      ? [{ path: [...path, 'resource'], got: resource, expected, fix: 'join the two lists of patches' }]
      : [];
  });
}

/** Rules about which override is for whom. */
export const overrideRules = {
  overrideNamesACluster,
  overrideIsOfAFederatedWorkload,
  overrideNamesAManifest,
  overrideNamesAManifestOnce,
};

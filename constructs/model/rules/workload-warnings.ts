import { podSpecPaths } from '../../domain/pod-specs.ts';
import type { Finding } from '../finding.ts';
import { clusterNamesOf, type Manifest, type Subject, workloadsOf } from '../subject.ts';
import { patchesOf } from './patches.ts';

function caKeyIsFederated({ declaration }: Subject): readonly Finding[] {
  if (declaration.trust?.cacerts !== 'federated-secret') return [];
  return [
    {
      path: ['trust', 'cacerts'],
      got: 'federated-secret',
      expected: "a CA key outside Federated objects: the chart's kubefed-view role lets every viewer read them",
      fix: 'use cacerts: existing, with an intermediate per cluster',
    },
  ];
}

/** A container's image in a pod template, wherever the object keeps that. */
interface Image {
  readonly manifest: Manifest;
  readonly path: readonly (string | number)[];
  readonly image: string;
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (node, key) => (node as Record<string | number, unknown> | null | undefined)?.[key],
    value,
  );
}

// In every place, whatever the kind: custom resources keep pod templates where Deployments do.
function imagesOf(manifest: Manifest): readonly Image[] {
  return podSpecPaths.flatMap(({ path: spec }) =>
    ['initContainers', 'containers'].flatMap((list) => {
      const containers = at(manifest.object, [...spec, list]);
      return (Array.isArray(containers) ? containers : []).flatMap((container: { image?: unknown } | null, index) =>
        typeof container?.image === 'string'
          ? [{ manifest, path: [...spec, list, index, 'image'], image: container.image }]
          : [],
      );
    }),
  );
}

const isPinned = (image: string): boolean => /@sha256:|:(?!latest$)[^/]+$/.test(image);

const unpinned = {
  expected: 'an image with a tag other than latest, or a digest: otherwise clusters may run different code',
  fix: 'add the tag',
};

function imageHasNoTag(subject: Subject): readonly Finding[] {
  const inManifests = subject.manifests.flatMap(imagesOf).flatMap(({ manifest, path, image }) =>
    isPinned(image)
      ? []
      : [
          {
            path: ['workloads', manifest.workload, 'manifests', manifest.entry],
            at: manifest.raw.document.locate([...manifest.raw.path, ...path]),
            got: image,
            ...unpinned,
          },
        ],
  );
  const inOverrides = patchesOf(subject).flatMap(({ path, patch, isOwn }) =>
    patch.path?.endsWith('/image') && typeof patch.value === 'string' && !isPinned(patch.value)
      ? [{ path: isOwn ? [...path, 'value'] : path, got: patch.value, ...unpinned }]
      : [],
  );
  return [...inManifests, ...inOverrides];
}

// apps/v1 selectors are immutable, so KubeFed can create but never update this one (KubeFed issue 44).
function overrideChangesASelector(subject: Subject): readonly Finding[] {
  return patchesOf(subject)
    .filter(
      ({ patch, resource }) =>
        /^(Deployment|ReplicaSet)\//.test(resource ?? '') && patch.path?.startsWith('/spec/selector'),
    )
    .map(({ patch, path, isOwn }) => ({
      path: isOwn ? [...path, 'path'] : path,
      got: patch.path,
      expected: 'a selector that is the same everywhere: it is immutable, so later changes of this patch will fail',
      fix: 'use a workload per version, each with its own placement',
    }));
}

function overrideIsOfAnUnplacedCluster(subject: Subject): readonly Finding[] {
  const known = clusterNamesOf(subject);
  return workloadsOf(subject).flatMap(({ index, workload }) => {
    const { placement, clients } = workload;
    if (!Array.isArray(placement) || !Array.isArray(clients)) return [];
    return Object.keys(workload.overrides ?? {})
      .filter((cluster) => known.includes(cluster) && !placement.includes(cluster) && !clients.includes(cluster))
      .map((cluster) => ({
        path: ['workloads', index, 'overrides', cluster],
        got: cluster,
        expected: 'a cluster in which the workload is placed: elsewhere an override does nothing',
        fix: 'place it there, or remove the override',
        isKey: true,
      }));
  });
}

/** What of the workloads and their trust works but will hurt. */
export const workloadWarnings = {
  caKeyIsFederated,
  imageHasNoTag,
  overrideChangesASelector,
  overrideIsOfAnUnplacedCluster,
};

import { isMapping } from '../../../domain/json/mapping.ts';
import { podSpecPaths } from '../../../domain/kubernetes/pod-specs.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { type Evidence, engineOf } from '../evidence.ts';
import { forObjects } from '../manifests/for-objects.ts';
import { patchesOf } from '../overrides/declared-patches.ts';

function caKeyIsFederated({ declaration }: Evidence): readonly Finding[] {
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

function imageHasNoTag(evidence: Evidence): readonly Finding[] {
  const inManifests = evidence.manifests.flatMap(imagesOf).flatMap(({ manifest, path, image }) =>
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
  const inOverrides = patchesOf(evidence).flatMap(({ path, patch, isOwn }) =>
    patch.path?.endsWith('/image') && typeof patch.value === 'string' && !isPinned(patch.value)
      ? [{ path: isOwn ? [...path, 'value'] : path, got: patch.value, ...unpinned }]
      : [],
  );
  return [...inManifests, ...inOverrides];
}

// What a Job leaves behind would be made anew (v1.18.2, seen).
function jobLosesItsTimeToLive(evidence: Evidence): readonly Finding[] {
  if (engineOf(evidence)?.name !== 'karmada') return [];
  return forObjects(evidence, ({ group, kind, object }, delivery) => {
    const spec = isMapping(object.spec) ? object.spec : {};
    if (delivery !== 'federated' || group !== 'batch' || kind !== 'Job' || !('ttlSecondsAfterFinished' in spec))
      return null;
    return {
      at: ['spec', 'ttlSecondsAfterFinished'],
      got: spec.ttlSecondsAfterFinished,
      expected: 'a Job that may stay: Karmada takes its time to live out',
      fix: 'remove it, or use delivery: direct',
    };
  });
}

/** What of the workloads and their trust works but will hurt. */
export const workloadWarnings = {
  caKeyIsFederated,
  imageHasNoTag,
  jobLosesItsTimeToLive,
};

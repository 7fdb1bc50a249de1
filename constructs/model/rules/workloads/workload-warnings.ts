import type { Mapping } from '../../../domain/json/mapping.ts';
import { type Path, valueAt } from '../../../domain/json/path.ts';
import { podSpecPaths } from '../../../domain/kubernetes/pod-specs.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import type { Evidence } from '../evidence.ts';
import { patchesOf, placeIn } from '../overrides/declared-patches.ts';

/** A container's image in a pod template of any kind. */
interface Image {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly image: string;
}

// In every possible place, whatever the kind: custom resources keep pod templates in the same places as Deployments.
function imagesOf(manifest: Manifest): readonly Image[] {
  return podSpecPaths.flatMap(({ path: spec }) =>
    ['initContainers', 'containers'].flatMap((list) => {
      const containers = valueAt(manifest.object, [...spec, list]);
      return (Array.isArray(containers) ? containers : []).flatMap((container: NamedImage | null, index) =>
        typeof container?.image === 'string' && !isInjected(container, manifest.object, spec)
          ? [{ manifest, path: [...spec, list, index, 'image'], image: container.image }]
          : [],
      );
    }),
  );
}

interface NamedImage {
  readonly name?: unknown;
  readonly image?: unknown;
}

// The injector replaces this word in its own container, of a gateway or of a sidecar, with the image of the mesh.
function isInjected({ name, image }: NamedImage, object: Mapping, spec: Path): boolean {
  if (image !== 'auto' || name !== 'istio-proxy') return false;
  const pod = [...spec.slice(0, -1), 'metadata'];
  return !['labels', 'annotations'].some(
    (field) => valueAt(object, [...pod, field, 'sidecar.istio.io/inject']) === 'false',
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
  const inOverrides = patchesOf(evidence).flatMap((declared) => {
    const { path, value } = declared.patch;
    const isUnpinned = path?.endsWith('/image') && typeof value === 'string' && !isPinned(value);
    return isUnpinned ? [{ path: placeIn(declared, 'value'), got: value, ...unpinned }] : [];
  });
  return [...inManifests, ...inOverrides];
}

/** Warnings about workloads. */
export const workloadWarnings = {
  imageHasNoTag,
};

import type { Patch } from '../../domain/json/patch.ts';
import { isDefinition } from '../../domain/kubernetes/custom-kinds.ts';
import { addPullSecrets, rewriteImage, rewritePodImages } from '../../domain/kubernetes/images.ts';
import type { KubernetesObject } from '../../domain/kubernetes/object.ts';
import { fillProtocols } from '../../domain/kubernetes/service-ports.ts';
import type { Declaration } from '../declaration/declaration.ts';
import type { Cluster, Workload, WorkloadObject } from '../federation.ts';
import { autoscaledOf } from '../manifests/autoscaled.ts';
import { entryPatchesOf } from '../manifests/entry-patches.ts';
import type { Manifest } from '../manifests/manifest.ts';

type DeclaredWorkload = Declaration['workloads'][number];
type DeclaredOverride = DeclaredWorkload['overrides'][string][number];

/** Every workload with all its facts in these clusters, from a declaration that has passed the rules. */
export function resolveWorkloads(
  declaration: Declaration,
  clusters: readonly Cluster[],
  manifests: readonly Manifest[],
): readonly Workload[] {
  const autoscaled = autoscaledOf(manifests, (index) => declaration.workloads[index]?.namespace);
  return declaration.workloads.map((workload, index) =>
    resolveWorkload(
      workload,
      clusters,
      manifests.filter((manifest) => manifest.workload === index),
      { ...declaration.images, autoscaled },
    ),
  );
}

/** The facts that all workloads share. */
type Surroundings = Declaration['images'] & {
  /** `NAMESPACE/KIND/NAME` of every object that an autoscaler scales. */
  readonly autoscaled: ReadonlySet<string>;
};

function resolveWorkload(
  workload: DeclaredWorkload,
  clusters: readonly Cluster[],
  manifests: readonly Manifest[],
  surroundings: Surroundings,
): Workload {
  const { name, namespace, delivery, placement, clients } = workload;
  const isForMesh = ({ configuresTheMesh }: Manifest): boolean => configuresTheMesh;
  const isRun = (manifest: Manifest): boolean => !isForMesh(manifest) && !isDefinition(manifest);
  const primaries = clusters.filter(({ controlPlane }) => controlPlane.kind === 'primary').map((one) => one.name);
  // In the order of the clusters, so that the order of a placement list does not matter.
  const select = (...lists: readonly ('all' | readonly string[])[]): ReadonlySet<string> => {
    const wanted = new Set(lists.flat());
    return new Set(clusters.map((one) => one.name).filter((one) => wanted.has('all') || wanted.has(one)));
  };
  return {
    name,
    namespace,
    delivery,
    objects: manifests
      .filter(isRun)
      .map((manifest) =>
        resolveObject(manifest, workload, surroundings, select(manifest.kind === 'Service' ? clients : placement)),
      ),
    definitions: manifests.filter(isDefinition).map((manifest) => withNamespace(manifest, namespace)),
    meshObjects: manifests.filter(isForMesh).map((manifest) => withNamespace(manifest, namespace)),
    clusters: select(placement, clients, manifests.some(isForMesh) ? primaries : []),
  };
}

function resolveObject(
  manifest: Manifest,
  workload: DeclaredWorkload,
  { registries, pullSecrets, autoscaled }: Surroundings,
  clusters: ReadonlySet<string>,
): WorkloadObject {
  const resource = `${manifest.kind}/${manifest.name}`;
  const plain = addPullSecrets(rewritePodImages(withNamespace(manifest, workload.namespace), registries), pullSecrets);
  const object = workload.delivery === 'federated' ? fillProtocols(plain) : plain;
  return {
    object,
    clusters,
    isAutoscaled: autoscaled.has(`${workload.namespace}/${resource}`),
    overrides: [...clusters].flatMap((cluster) =>
      (workload.overrides[cluster] ?? [])
        .filter((override) => override.resource === resource)
        .map((override) => ({
          cluster,
          patches: patchesOf(override, object).map((patch) => rewritePatch(patch, registries)),
        })),
    ),
  };
}

function patchesOf(override: DeclaredOverride, object: KubernetesObject): readonly Patch[] {
  const { ofFields } = entryPatchesOf(override, object);
  return [...ofFields.map(({ patch }) => patch), ...(override.patches ?? [])];
}

// An override may also name an image.
function rewritePatch(patch: Patch, registries: Readonly<Record<string, string>>): Patch {
  const isImage = /\/(initContainers|containers|ephemeralContainers)\/[^/]+\/image$/.test(patch.path);
  return isImage && typeof patch.value === 'string'
    ? { ...patch, value: rewriteImage(patch.value, registries) }
    : patch;
}

function withNamespace({ isNamespaced, name, object }: Manifest, namespace: string): KubernetesObject {
  const metadata = { ...(object.metadata as Record<string, unknown>), name };
  return { ...object, metadata: isNamespaced ? { ...metadata, namespace } : metadata } as KubernetesObject;
}

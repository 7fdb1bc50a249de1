import { federationEngines } from '../domain/federation-engines.ts';
import { addPullSecrets, rewriteImage, rewritePodImages } from '../domain/images.ts';
import { findIstioRelease } from '../domain/istio-releases.ts';
import type { ClusterOverride } from '../domain/kubefed-overrides.ts';
import { isNamespaced } from '../domain/kubernetes-kinds.ts';
import type { Declaration } from './declaration/declaration.ts';
import type { Federation, KubernetesObject, Workload, WorkloadObject } from './federation.ts';
import type { Lock } from './lock.ts';
import { entryPatchesOf } from './override-patches.ts';
import { resolveClusters } from './resolve-clusters.ts';
import type { Manifest } from './subject.ts';

/** A declaration that all rules have passed, and what belongs to it. */
export interface CheckedDeclaration {
  readonly file: string;
  readonly declaration: Declaration;
  readonly lock: Lock;
  readonly manifests: readonly Manifest[];
}

/** Fills in every default and resolves every reference. Throws only on a declaration that the rules did not check. */
export function resolveFederation({ file, declaration, lock, manifests }: CheckedDeclaration): Federation {
  const { name, istio, images } = declaration;
  const release = findIstioRelease(istio.version);
  if (release === null) throw new Error('resolveFederation was given an unchecked declaration');
  return {
    name,
    declaration: file,
    istio: {
      version: istio.version,
      dialect: release.dialect,
      installer: istio.installer,
      meshID: istio.meshID ?? name,
      pullSecrets: images.pullSecrets,
    },
    engine: federationEngines[declaration.federation.engine],
    cacerts: declaration.trust.cacerts,
    clusters: resolveClusters(declaration, lock, release),
    workloads: declaration.workloads.map((workload, index) => resolveWorkload(declaration, workload, index, manifests)),
    // The brand exists for the type checker only.
  } as unknown as Federation;
}

type DeclaredWorkload = Declaration['workloads'][number];
type DeclaredOverride = DeclaredWorkload['overrides'][string][number];

function resolveWorkload(
  { clusters, images }: Declaration,
  workload: DeclaredWorkload,
  index: number,
  manifests: readonly Manifest[],
): Workload {
  const names = clusters.map(({ name }) => name);
  // In the order of the clusters, so that the order of a placement list changes nothing.
  const select = (...lists: readonly ('all' | readonly string[])[]): ReadonlySet<string> => {
    const wanted = new Set(lists.flatMap((list) => (list === 'all' ? names : list)));
    return new Set(names.filter((cluster) => wanted.has(cluster)));
  };
  const placement = select(workload.placement);
  const clients = select(workload.clients);
  return {
    name: workload.name,
    namespace: workload.namespace,
    delivery: workload.delivery,
    objects: manifests
      .filter((manifest) => manifest.workload === index)
      .map((manifest) => resolveObject(manifest, workload, images, manifest.kind === 'Service' ? clients : placement)),
    clusters: select(workload.placement, workload.clients),
  };
}

function resolveObject(
  manifest: Manifest,
  workload: DeclaredWorkload,
  { registries, pullSecrets }: Declaration['images'],
  clusters: ReadonlySet<string>,
): WorkloadObject {
  const resource = `${manifest.kind}/${manifest.name}`;
  const object = addPullSecrets(rewritePodImages(withNamespace(manifest, workload.namespace), registries), pullSecrets);
  return {
    object,
    clusters,
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

function patchesOf(override: DeclaredOverride, object: KubernetesObject): readonly ClusterOverride[] {
  const { ofFields } = entryPatchesOf(override, object);
  return [...ofFields.map(({ patch }) => patch), ...(override.patches ?? [])];
}

// An override may name an image, too.
function rewritePatch(patch: ClusterOverride, registries: Readonly<Record<string, string>>): ClusterOverride {
  const isImage = /\/(initContainers|containers|ephemeralContainers)\/[^/]+\/image$/.test(patch.path);
  return isImage && typeof patch.value === 'string'
    ? { ...patch, value: rewriteImage(patch.value, registries) }
    : patch;
}

function withNamespace({ kind, name, object }: Manifest, namespace: string): KubernetesObject {
  const metadata = { ...(object.metadata as Record<string, unknown>), name };
  return { ...object, metadata: isNamespaced(kind) ? { ...metadata, namespace } : metadata } as KubernetesObject;
}

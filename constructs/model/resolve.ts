import { findIstioDialect } from '../domain/istio-dialects.ts';
import { isNamespaced } from '../domain/kubernetes-kinds.ts';
import { type Declaration, defaultGatewayPort } from './declaration.ts';
import type { Cluster, Federation, KubernetesObject, Workload, WorkloadObject } from './federation.ts';
import type { Lock } from './lock.ts';
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
  const dialect = findIstioDialect(declaration.istio.version);
  const host = declaration.clusters.find(({ role }) => role === 'host');
  if (dialect === null || host === undefined) throw new Error('resolveFederation was given an unchecked declaration');
  const names = declaration.clusters.map(({ name }) => name);
  return {
    name: declaration.name,
    declaration: file,
    istio: { version: declaration.istio.version, dialect },
    cacerts: declaration.trust.cacerts,
    clusters: declaration.clusters.map((cluster) => resolveCluster(cluster, host, lock)),
    workloads: declaration.workloads.map((workload, index) =>
      resolveWorkload(
        workload,
        names,
        manifests.filter((manifest) => manifest.workload === index),
      ),
    ),
    // The brand exists for the type checker only.
  } as unknown as Federation;
}

type DeclaredCluster = Declaration['clusters'][number];

function addressOf({ name, gateway }: DeclaredCluster, lock: Lock): string | null {
  return gateway?.address ?? lock.clusters[name]?.gatewayAddress ?? null;
}

function resolveCluster(cluster: DeclaredCluster, host: DeclaredCluster, lock: Lock): Cluster {
  const { name, network, gateway } = cluster;
  const isHost = name === host.name;
  return {
    name,
    isHost,
    kubeContext: cluster.kubeContext ?? name,
    istioCluster: cluster.istioCluster ?? name,
    federationCluster: cluster.federationCluster ?? name,
    network,
    controlPlane: isHost
      ? { kind: 'primary' }
      : { kind: 'remote', primary: host.name, primaryAddress: addressOf(host, lock) },
    gateway: { port: gateway?.port ?? defaultGatewayPort, address: addressOf(cluster, lock) },
    apiServer: cluster.apiServer ?? null,
    uid: lock.clusters[name]?.uid ?? null,
  };
}

type DeclaredWorkload = Declaration['workloads'][number];

function resolveWorkload(
  workload: DeclaredWorkload,
  names: readonly string[],
  manifests: readonly Manifest[],
): Workload {
  const { name, namespace, delivery } = workload;
  // In the order of the clusters, so that the order of a placement list changes nothing.
  const select = (...lists: readonly ('all' | readonly string[])[]): ReadonlySet<string> => {
    const wanted = new Set(lists.flatMap((list) => (list === 'all' ? names : list)));
    return new Set(names.filter((cluster) => wanted.has(cluster)));
  };
  const placement = select(workload.placement);
  const clients = select(workload.clients);
  return {
    name,
    namespace,
    delivery,
    objects: manifests.map((manifest) =>
      resolveObject(manifest, workload, manifest.kind === 'Service' ? clients : placement),
    ),
    clusters: select(workload.placement, workload.clients),
  };
}

function resolveObject(manifest: Manifest, workload: DeclaredWorkload, clusters: ReadonlySet<string>): WorkloadObject {
  const resource = `${manifest.kind}/${manifest.name}`;
  return {
    object: withNamespace(manifest, workload.namespace),
    clusters,
    overrides: [...clusters].flatMap((cluster) =>
      (workload.overrides[cluster] ?? [])
        .filter((override) => override.resource === resource)
        .map(({ patches }) => ({ cluster, patches })),
    ),
  };
}

function withNamespace({ kind, name, object }: Manifest, namespace: string): KubernetesObject {
  const metadata = { ...(object.metadata as Record<string, unknown>), name };
  return { ...object, metadata: isNamespaced(kind) ? { ...metadata, namespace } : metadata } as KubernetesObject;
}

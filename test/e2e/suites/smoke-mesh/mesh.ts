import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cluster, clusterNamed } from '../../environment.ts';
import { filled } from '../../kubernetes/filled.ts';
import { apply, find, rolledOut } from '../../kubernetes/kubectl.ts';
import { say, until } from '../../machine/wait.ts';
import { GATEWAY, gatewayAddress } from '../../mesh/gateways.ts';
import { istioctl } from '../../mesh/istioctl.ts';
import { makeTrust } from '../../mesh/trust.ts';

/** The reference mesh: one primary, one remote, in different networks. */
export interface Mesh {
  readonly primary: Cluster;
  readonly remote: Cluster;
}

/** The mesh's two clusters. */
export function mesh(): Mesh {
  return { primary: clusterNamed('host'), remote: clusterNamed('member') };
}

/** A file beside this one with its placeholders filled in. */
export function manifest(name: string, values: Readonly<Record<string, string>> = {}): string {
  return filled(new URL(name, import.meta.url), values);
}

/** The values for the manifests of one cluster. */
export function valuesOf(cluster: Cluster, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { CLUSTER: cluster.name, NETWORK: cluster.network, ...more };
}

/** Installs the mesh unless an earlier suite of this run has done so. */
export async function ensureMesh({ primary, remote }: Mesh): Promise<void> {
  if ((await find(primary, ['configmap/e2e-mesh', '--namespace=istio-system'])) !== undefined) return;
  say('installing the reference mesh');
  for (const cluster of [primary, remote]) await apply(cluster, namespace(cluster, primary));
  await makeTrust([primary, remote]);
  await installPrimary(primary);
  await installRemote(primary, remote);
  await apply(
    primary,
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'e2e-mesh', namespace: 'istio-system' } }),
  );
}

async function installPrimary(primary: Cluster): Promise<void> {
  await install(primary, manifest('primary.yaml', valuesOf(primary)));
  await apply(primary, manifest('eastwest-gateway.yaml', valuesOf(primary)));
  await apply(primary, manifest('expose-istiod.yaml'));
  await apply(primary, manifest('expose-services.yaml'));
  await rolledOut(primary, 'istio-system', GATEWAY);
}

// The remote's gateway comes last. Its pod needs the root certificate, which the primary's istiod writes into the
// remote only once it has the remote secret.
async function installRemote(primary: Cluster, remote: Cluster): Promise<void> {
  const address = await gatewayAddress(primary);
  await install(remote, manifest('remote.yaml', valuesOf(remote, { PRIMARY_ADDRESS: address })));
  await applyRemoteSecret(primary, remote);
  await until(`${remote.name} has the mesh's root certificate`, 90, () =>
    find(remote, ['configmap/istio-ca-root-cert', '--namespace=istio-system']),
  );
  await apply(remote, manifest('eastwest-gateway.yaml', valuesOf(remote)));
  await rolledOut(remote, 'istio-system', GATEWAY);
}

/** Lets the primary read the remote. */
export async function applyRemoteSecret(primary: Cluster, remote: Cluster): Promise<void> {
  const server = remote.api === undefined ? [] : ['--server', remote.api];
  await apply(primary, await istioctl(remote, ['create-remote-secret', '--name', remote.name, ...server]));
}

/** Deploys one version of helloworld and a client with Envoys in a namespace of a cluster. */
export async function deployWorkload(cluster: Cluster, namespaceName: string, version: string): Promise<void> {
  const labels = { 'istio-injection': 'enabled' };
  await apply(
    cluster,
    JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespaceName, labels } }),
  );
  await apply(cluster, manifest('workload.yaml', { NAMESPACE: namespaceName, VERSION: version }));
  await deployClient(cluster, namespaceName);
  await rolledOut(cluster, namespaceName, `helloworld-${version}`);
}

/** Deploys a client in an existing namespace. */
export async function deployClient(cluster: Cluster, namespaceName: string): Promise<void> {
  await apply(cluster, manifest('client.yaml', { NAMESPACE: namespaceName }));
  await rolledOut(cluster, namespaceName, 'client');
}

function namespace(cluster: Cluster, primary: Cluster): string {
  const annotations = cluster.name === primary.name ? {} : { 'topology.istio.io/controlPlaneClusters': primary.name };
  const labels = { 'topology.istio.io/network': cluster.network };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'istio-system', labels, annotations },
  });
}

async function install(cluster: Cluster, operator: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-istio-'));
  try {
    const file = join(directory, 'operator.yaml');
    writeFileSync(file, operator);
    await istioctl(cluster, ['install', '--filename', file, '--skip-confirmation', '--readiness-timeout', '2m0s']);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

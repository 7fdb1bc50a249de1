import { ensure, objectIn, placeIn } from '../controllers/controller.ts';
import { kubefedNamespace } from '../controllers/kubefed/kubefed.ts';
import { type Flags, readArguments } from '../kubectl/arguments.ts';
import { failing, messageOf, type Said, saying } from '../kubectl/said.ts';
import type { FakeCluster } from '../world.ts';
import type { ProgramAround } from './program.ts';

const flags: Flags = {
  valued: [
    'cluster-context',
    'host-cluster-context',
    'host-cluster-name',
    'secret-name',
    'kubefed-namespace',
    'kubeconfig',
    'v',
  ],
  bare: ['error-on-existing', 'force', 'dry-run', 'help'],
  short: { v: 'v' },
};

/** kubefedctl, as far as the product calls it. */
export function kubefedctl(words: readonly string[], around: ProgramAround): Said {
  const args = readArguments(words, flags);
  const [verb = '', name = ''] = args.words;
  if (args.unknown.length > 0) return failing(`Error: unknown flag: ${args.unknown[0]}`);
  if (verb === 'version') return saying('kubefedctl version: version.Info{Version:"v0.10.0"}\n');
  const joining = around.world.clusters.get(args.value('cluster-context') ?? name);
  const host = around.world.clusters.get(args.value('host-cluster-context') ?? '');
  if (joining === undefined || host === undefined)
    return failing(`F1 join.go: error: context "${args.value('cluster-context') ?? name}" does not exist`);
  const service = {
    hostName: args.value('host-cluster-name') ?? host.context,
    secret: args.value('secret-name') ?? `${name}-abcde`,
    name,
  };
  around.note(`KubeFedCluster.core.kubefed.io/${kubefedNamespace}/${name}`);
  try {
    if (verb === 'join')
      return join(joining, host, { ...service, canExist: args.value('error-on-existing') === 'false' });
    if (verb === 'unjoin') return unjoin(joining, host, service);
  } catch (error) {
    return failing(messageOf(error));
  }
  return failing(`Error: unknown command "${verb}" for "kubefedctl"`);
}

interface Joining {
  readonly name: string;
  readonly hostName: string;
  readonly secret: string;
}

function join(
  joining: FakeCluster,
  host: FakeCluster,
  { name, hostName, secret, canExist }: Joining & { readonly canExist: boolean },
): Said {
  const namespace = kubefedNamespace;
  if (!canExist && objectIn(host.server, 'kubefedclusters.core.kubefed.io', namespace, name) !== undefined)
    return failing(`F1 join.go: error: federated cluster ${name} already exists in host cluster`);
  const manager = 'kubefedctl';
  const account = `${name}-${hostName}`;
  ensure(joining.server, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, manager);
  ensure(joining.server, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace } }, manager);
  const role = { name: `kubefed-controller-manager:${account}` };
  ensure(
    joining.server,
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: role, rules: [] },
    manager,
  );
  ensure(
    joining.server,
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: role, subjects: [] },
    manager,
  );
  const data = { token: Buffer.from(`token of ${account}`).toString('base64') };
  ensure(
    host.server,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret, namespace }, type: 'Opaque', data },
    manager,
  );
  const spec = { apiEndpoint: joining.url, caBundle: '', secretRef: { name: secret } };
  ensure(
    host.server,
    { apiVersion: 'core.kubefed.io/v1beta1', kind: 'KubeFedCluster', metadata: { name, namespace }, spec },
    manager,
  );
  return saying('');
}

function unjoin(joining: FakeCluster, host: FakeCluster, { name, hostName }: Joining): Said {
  const registration = objectIn(host.server, 'kubefedclusters.core.kubefed.io', kubefedNamespace, name);
  if (registration === undefined)
    return failing(`F1 unjoin.go: error: kubefedclusters.core.kubefed.io "${name}" not found`);
  const account = `${name}-${hostName}`;
  const secret = (registration.spec as { secretRef?: { name?: string } } | undefined)?.secretRef?.name ?? '';
  const gone: readonly (readonly [FakeCluster, string, string | null, string])[] = [
    [host, 'kubefedclusters.core.kubefed.io', kubefedNamespace, name],
    [host, 'secrets', kubefedNamespace, secret],
    [joining, 'clusterrolebindings', null, `kubefed-controller-manager:${account}`],
    [joining, 'clusterroles', null, `kubefed-controller-manager:${account}`],
    [joining, 'serviceaccounts', kubefedNamespace, account],
    ...(joining === host ? [] : [[joining, 'namespaces', null, kubefedNamespace] as const]),
  ];
  for (const [{ server }, word, namespace, one] of gone) {
    const place = placeIn(server, word, namespace, one);
    if (place !== null && server.find(place) !== undefined) server.delete(place);
  }
  return saying('');
}

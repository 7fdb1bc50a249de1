import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../environment.ts';
import { apply, kubectl } from './kubectl.ts';

/** An identity with rights in a cluster and a context of its own. */
export interface Identity {
  readonly context: string;
  readonly kubeconfig: string;
  /** Invalidates the token of the identity in the cluster. */
  readonly revoke: () => Promise<void>;
  readonly forget: () => void;
}

/** The rights of an identity in the whole cluster, as rules of a ClusterRole. */
export type Rules = readonly { apiGroups: readonly string[]; resources: readonly string[]; verbs: readonly string[] }[];

/** Makes a ServiceAccount with these rights and a kubeconfig with its token. The token is stored nowhere else. */
export async function makeIdentity(cluster: Cluster, name: string, rules: Rules): Promise<Identity> {
  const metadata = { name, namespace: 'default' };
  const rbac = 'rbac.authorization.k8s.io';
  const objects = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
  ];
  await apply(cluster, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  const token = (await kubectl(cluster, ['create', 'token', name, '--namespace=default'])).trim();
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-identity-'));
  const kubeconfig = join(directory, 'kubeconfig');
  const context = `${cluster.name}-${name}`;
  writeFileSync(kubeconfig, await kubeconfigOf(cluster, context, token), { mode: 0o600 });
  return {
    context,
    kubeconfig,
    revoke: async () => {
      await kubectl(cluster, ['delete', 'serviceaccount', name, '--namespace=default']);
    },
    forget: () => rmSync(directory, { recursive: true }),
  };
}

async function kubeconfigOf(cluster: Cluster, name: string, token: string): Promise<string> {
  const text = await kubectl(cluster, ['config', 'view', '--minify', '--raw', '--flatten', '--output=json']);
  const [server] = (JSON.parse(text) as { clusters: readonly { cluster: object }[] }).clusters;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: server?.cluster }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}

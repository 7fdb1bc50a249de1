import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../environment.ts';
import { apply, kubectl } from './kubectl.ts';

/** Somebody who may do something in a cluster, with a context of their own. */
export interface Identity {
  readonly context: string;
  readonly kubeconfig: string;
  /** From now on the cluster knows the token no more. */
  readonly revoke: () => Promise<void>;
  readonly forget: () => void;
}

/** What an identity may do in the whole cluster, as a ClusterRole says it. */
export type Rules = readonly { apiGroups: readonly string[]; resources: readonly string[]; verbs: readonly string[] }[];

/** Makes a ServiceAccount with these rights and a kubeconfig with its token, which is in no other place. */
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

import type { Cluster } from '../../environment.ts';
import { get } from '../../kubernetes/kubectl.ts';

interface Wished {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly generation?: number; readonly uid: string };
  readonly data?: unknown;
  readonly spec?: unknown;
  readonly webhooks?: unknown;
}

const NAMESPACE = '--namespace=kube-federation-system';

const KINDS = ['deployments', 'secrets', 'federatedtypeconfigs', 'kubefedclusters', 'kubefedconfigs'];

const WEBHOOKS = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'];

/**
 * All objects of KubeFed on a host, including certificates and credentials: everything that a second installation would
 * change.
 */
export async function engineOf(host: Cluster): Promise<readonly Wished[]> {
  const [own, webhooks] = await Promise.all([
    get<{ items: Wished[] }>(host, [KINDS.join(), NAMESPACE]),
    get<{ items: Wished[] }>(host, [WEBHOOKS.join()]),
  ]);
  return [...own.items, ...webhooks.items.filter((one) => one.metadata.name.endsWith('.kubefed.io'))].map(
    ({ kind, metadata: { name, generation, uid }, data, spec, webhooks: judged }) => ({
      kind,
      metadata: { name, uid, ...(generation === undefined ? {} : { generation }) },
      data,
      spec,
      webhooks: judged,
    }),
  );
}

/** The endpoint at which KubeFed reaches a cluster, and whether it succeeds. */
export async function registrationOf(host: Cluster, name: string): Promise<{ endpoint: string; ready?: string }> {
  const { spec, status } = await get<{
    spec: { apiEndpoint: string };
    status?: { conditions?: { type: string; status: string }[] };
  }>(host, [`kubefedcluster/${name}`, NAMESPACE]);
  const ready = status?.conditions?.find((one) => one.type === 'Ready')?.status;
  return { endpoint: spec.apiEndpoint, ...(ready === undefined ? {} : { ready }) };
}

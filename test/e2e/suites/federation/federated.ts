import type { KubeObject } from '../../kubernetes/documents.ts';
import type { Member } from './kubefed.ts';
import type { Mistake } from './mistake.ts';

/** The parts from which a federated object is made. */
export type Wanted = Pick<Mistake, 'template' | 'overrides' | 'lists' | 'placement'> & {
  readonly name: string;
  readonly namespace: string;
  /** Without `Federated`. */
  readonly kind: string;
};

/** The federated object of a row, with the names under which the clusters have joined. */
export function federated(row: Wanted, members: readonly Member[]): KubeObject & { spec: object } {
  const joined = (name: string) => members.find(({ cluster }) => cluster.name === name)?.name ?? name;
  const { name, namespace, kind, template = { data: { color: 'red' } }, placement = ['host', 'member'] } = row;
  const lists = row.lists ?? (row.overrides === undefined ? [] : [{ cluster: 'member', overrides: row.overrides }]);
  return {
    apiVersion: 'types.kubefed.io/v1beta1',
    kind: `Federated${kind}`,
    metadata: { name, namespace },
    spec: {
      template,
      placement: { clusters: placement.map((one) => ({ name: joined(one) })) },
      overrides: lists.map((one) => ({ clusterName: joined(one.cluster), clusterOverrides: one.overrides })),
    },
  };
}

/** KubeFed's status of a federated object. */
export interface Status {
  readonly conditions?: readonly { readonly type: string; readonly reason?: string }[];
  readonly clusters?: readonly { readonly name: string; readonly status?: string }[];
}

/** KubeFed's status of each cluster, by its name here, and its reason for not propagating. */
export function said(status: Status | undefined, members: readonly Member[]): object {
  const clusters = (status?.clusters ?? []).map((one) => [
    members.find(({ name }) => name === one.name)?.cluster.name ?? one.name,
    one.status ?? 'OK',
  ]);
  const reason = status?.conditions?.find((one) => one.type === 'Propagation')?.reason;
  return { ...Object.fromEntries(clusters), reason };
}

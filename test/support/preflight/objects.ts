import { recordLabels, recordName } from '../../../operations/record/read-records.ts';
import type { ClusterRecord } from '../../../operations/record/record.ts';
import { renderRecord } from '../../../operations/record/record-rows.ts';
import { defaultClusters } from '../servers/worlds/worlds.ts';

/** What a cluster of the default world holds, and more. */
export function holding(cluster: 'host' | 'member', ...more: readonly object[]): { readonly holds: readonly object[] } {
  return { holds: [...((defaultClusters()[cluster]?.holds as readonly object[]) ?? []), ...more] };
}

/** The record of a cluster as a ConfigMap. */
export function recordMap(record: Partial<ClusterRecord>, data: Readonly<Record<string, string>> = {}): object {
  const whole = { ...emptyRecord, ...record };
  const { managedBy, federation } = recordLabels;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: recordName(whole.federation),
      namespace: 'kube-system',
      labels: { [managedBy.name]: managedBy.value, [federation]: whole.federation },
    },
    data: { ...renderRecord(whole), ...data },
  };
}

/** A record that says nothing. */
export const emptyRecord: ClusterRecord = {
  federation: 'demo',
  cluster: 'host',
  objects: [],
  commands: [],
  created: [],
  progress: null,
  members: [],
};

/** The Service by which a cluster has Istio. */
export const istiodService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'istiod', namespace: 'istio-system' },
  spec: { ports: [{ port: 15012 }] },
};

/** The gateway of a cluster for other networks. */
export const gatewayService = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'istio-eastwestgateway', namespace: 'istio-system' },
  spec: { type: 'LoadBalancer', ports: [{ port: 15443 }] },
};

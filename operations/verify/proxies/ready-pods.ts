import { isIP } from 'node:net';
import { z } from 'zod';
import type { Answer } from '../../clusters/answer.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Kubectl } from '../../clusters/kubectl.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import { namespaceOf, type Row } from '../expected/rows.ts';

const slicesSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()).default({}) }),
      endpoints: z
        .array(
          z.object({
            addresses: z.array(z.string().refine((text) => isIP(text) !== 0)).min(1),
            conditions: z.object({ ready: z.boolean().default(false) }).default({ ready: false }),
            targetRef: z.object({ name: z.string() }).nullish(),
          }),
        )
        .nullable()
        .default([]),
    }),
  ),
});

/** The addresses of a pod: one, or one of each family that its Service has. A proxy may list any of them. */
type Addresses = readonly string[];

/** The ready pods of services in clusters. */
export interface ReadyPods {
  readonly of: (cluster: string, host: string) => Answer<readonly Addresses[]>;
}

/** A service in a cluster. */
export type Place = Pick<Row, 'serving' | 'host'>;

/** Reads the ready pods of services. One question for each namespace of a cluster, whatever the number of services in it. */
export async function readReadyPods(
  places: readonly Place[],
  clusterOf: (name: string) => Cluster,
  parallel: number,
): Promise<ReadyPods> {
  const wanted = new Map<string, Map<string, Set<string>>>();
  for (const { serving, host } of places) {
    const namespaces = wanted.get(serving) ?? new Map<string, Set<string>>();
    const services = namespaces.get(namespaceOf(host)) ?? new Set();
    wanted.set(serving, namespaces.set(namespaceOf(host), services.add(nameOf(host))));
  }
  const questions = [...wanted].flatMap(([cluster, namespaces]) =>
    [...namespaces].map(([namespace, services]) => ({ cluster, namespace, services: [...services] })),
  );
  const answers = await sideBySide(questions, parallel, ({ cluster, namespace, services }) =>
    readNamespace(clusterOf(cluster).kubectl, namespace, services),
  );
  const known = new Map(questions.map(({ cluster, namespace }, index) => [`${cluster} ${namespace}`, answers[index]]));
  return {
    of: (cluster, host) => {
      const answer = known.get(`${cluster} ${namespaceOf(host)}`) ?? { kind: 'absent' };
      return answer.kind === 'found' ? { kind: 'found', value: answer.value.get(nameOf(host)) ?? [] } : answer;
    },
  };
}

function nameOf(host: string): string {
  return host.split('.')[0] ?? '';
}

async function readNamespace(
  kubectl: Kubectl,
  namespace: string,
  services: readonly string[],
): Promise<Answer<ReadonlyMap<string, readonly Addresses[]>>> {
  const resource = 'endpointslices.discovery.k8s.io';
  const selector = `kubernetes.io/service-name in (${services.join(',')})`;
  const slices = await kubectl.get({ resource, name: null, namespace, selector }, slicesSchema);
  if (slices.kind !== 'found') return slices;
  const byService = new Map<string, Map<string, Addresses>>();
  for (const { metadata, endpoints } of slices.value.items) {
    const service = metadata.labels['kubernetes.io/service-name'] ?? '';
    const pods = byService.get(service) ?? new Map<string, Addresses>();
    byService.set(service, pods);
    for (const { addresses, conditions, targetRef } of endpoints ?? []) {
      const [address = ''] = addresses;
      const pod = targetRef?.name ?? address;
      // A slice has addresses of one family.
      if (conditions.ready) pods.set(pod, [...new Set([...(pods.get(pod) ?? []), address])]);
    }
  }
  return { kind: 'found', value: new Map([...byService].map(([service, pods]) => [service, [...pods.values()]])) };
}

import { z } from 'zod';
import type { KubeObject } from '../clusters/kube-object.ts';

/** Seconds after which a Lease that nobody renews may be taken over. */
export const leaseSeconds = 60;

/** The Lease of a cluster, which whoever changes the cluster holds. There is one for all federations. */
export const leaseReference = {
  resource: 'lease.coordination.k8s.io',
  name: 'mesh-federation',
  namespace: 'kube-system',
} as const;

/** A Lease as a cluster has it. Texts are those of whoever has written it. */
export const leaseSchema = z.object({
  metadata: z.object({
    uid: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]*$/),
    resourceVersion: z.string().regex(/^[0-9A-Za-z]+$/),
  }),
  spec: z.object({
    holderIdentity: z.string().max(500).nullish(),
    leaseDurationSeconds: z.int().min(1).max(1_000_000).nullish(),
    acquireTime: z.string().max(100).nullish(),
    renewTime: z.string().max(100).nullish(),
  }),
});

/** A Lease as a cluster has it. */
export type Lease = z.output<typeof leaseSchema>;

/** The Lease of a holder, as it is written. */
export function leaseObject(holder: string, acquired: Date, resourceVersion?: string): KubeObject {
  const { name, namespace } = leaseReference;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: leaseSeconds,
      acquireTime: microTimeOf(acquired),
      renewTime: microTimeOf(new Date()),
    },
  };
}

/** A time as servers keep those of Leases, with microseconds. The holder and the time of taking tell one run from another. */
export function microTimeOf(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

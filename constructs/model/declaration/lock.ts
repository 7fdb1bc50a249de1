import { z } from 'zod';
import { addressPattern } from '../../domain/addresses/patterns.ts';
import { dnsLabelPattern } from '../../domain/kubernetes/dns-names.ts';
import type { ShapeRule } from './shape-rules.ts';

const fact = (rule: ShapeRule, pattern: RegExp) => z.string(rule).regex(pattern, rule);

/** Forms of the facts about a cluster: those that are read from a lock, and those that may be written into one. */
export const lockedFacts = {
  /** UID of the cluster's kube-system namespace: the cluster's identity. */
  uid: fact('locked-fact-is-valid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  kubernetesVersion: fact('locked-fact-is-valid', /^v?\d{1,9}\.\d{1,9}\.\d{1,9}([-+][\w.+-]{0,99})?$/),
  gatewayAddress: fact('gateway-address-is-printable', addressPattern),
  /** sha256 of the root certificate, hexadecimal. */
  rootFingerprint: fact('locked-fact-is-valid', /^[0-9a-f]{64}$/),
};

const lockedCluster = z.strictObject(
  {
    uid: lockedFacts.uid.optional(),
    kubernetesVersion: lockedFacts.kubernetesVersion.optional(),
    gatewayAddress: lockedFacts.gatewayAddress.optional(),
    rootFingerprint: lockedFacts.rootFingerprint.optional(),
  },
  'value-is-a-mapping',
);

/** Shape of `<declaration>.lock.yaml`: facts observed in the clusters, never desired state. */
export const lockSchema = z.strictObject(
  { clusters: z.record(z.string().regex(dnsLabelPattern, 'name-is-a-dns-label'), lockedCluster, 'value-is-a-mapping') },
  'value-is-a-mapping',
);

/** Observed facts by cluster name. */
export type Lock = z.output<typeof lockSchema>;

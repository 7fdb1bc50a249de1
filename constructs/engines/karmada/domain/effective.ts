import type { Mapping } from '../../../domain/json/mapping.ts';

/**
 * The label that marks objects created by Karmada (v1.18.2 pkg/util/constants.go). Karmada also adds labels with random
 * values.
 */
export const karmadaManagedLabel = { 'karmada.io/managed': 'true' } as const;

// Karmada removes the time to live of a Job, since it would create an expired Job again (v1.18.2
// pkg/resourceinterpreter, seen).
function withoutTimeToLive({ ttlSecondsAfterFinished: _, ...spec }: Mapping): Mapping {
  return spec;
}

/**
 * The object that Karmada creates in a cluster from an object with the cluster's overrides: without finalizers and
 * owners, with Karmada's label.
 */
export function makeKarmadaEffective(object: Mapping): Mapping {
  const { finalizers: _, ownerReferences: __, ...metadata } = object.metadata as Mapping;
  const labels = { ...(metadata.labels as Mapping | undefined), ...karmadaManagedLabel };
  const spec = object.kind === 'Job' ? { spec: withoutTimeToLive(object.spec as Mapping) } : {};
  return { ...object, ...spec, metadata: { ...metadata, labels } };
}

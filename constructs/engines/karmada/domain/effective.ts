import type { Mapping } from '../../../domain/json/mapping.ts';

/** The label by which Karmada knows what it made (v1.18.2 pkg/util/constants.go); it adds others with random values. */
export const karmadaManagedLabel = { 'karmada.io/managed': 'true' } as const;

// What a Job is left behind for would be made anew: Karmada takes it out (v1.18.2 pkg/resourceinterpreter, seen).
function withoutTimeToLive({ ttlSecondsAfterFinished: _, ...spec }: Mapping): Mapping {
  return spec;
}

/** What Karmada makes in a cluster of an object with the cluster's overrides: no finalizers, no owners, its label. */
export function makeKarmadaEffective(object: Mapping): Mapping {
  const { finalizers: _, ownerReferences: __, ...metadata } = object.metadata as Mapping;
  const labels = { ...(metadata.labels as Mapping | undefined), ...karmadaManagedLabel };
  const spec = object.kind === 'Job' ? { spec: withoutTimeToLive(object.spec as Mapping) } : {};
  return { ...object, ...spec, metadata: { ...metadata, labels } };
}

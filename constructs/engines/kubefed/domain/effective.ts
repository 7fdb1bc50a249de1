import { isMapping, type Mapping } from '../../../domain/json/mapping.ts';
import type { Patch } from '../../../domain/json/patch.ts';
import { applyClusterOverrides } from './cluster-overrides.ts';

/** The parts that turn a Federated object's template into an object again. */
export interface EffectiveIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Null for a kind without a namespace. */
  readonly namespace: string | null;
}

/** The label that marks objects created by KubeFed. */
export const managedLabel = { 'kubefed.io/managed': 'true' } as const;

/**
 * The object that KubeFed creates in a cluster. KubeFed takes the template without annotations and finalizers, sets its
 * identity, applies the overrides, and adds the managed label, in this order (v0.4.1 and v0.10.0
 * pkg/controller/sync/resource.go; seen on v0.10.0). Throws if an override cannot be applied: rules have refused such
 * overrides.
 */
export function makeEffective(
  template: Mapping,
  { apiVersion, kind, name, namespace }: EffectiveIdentity,
  overrides: readonly Patch[],
): Mapping {
  const { annotations: _, finalizers: __, ...kept } = mappingOf(template.metadata);
  const metadata = { ...kept, name, ...(namespace === null ? {} : { namespace }) };
  const result = applyClusterOverrides({ ...template, apiVersion, kind, metadata }, overrides);
  if (result.kind === 'failed') throw new Error(`${kind}/${name}: override ${result.index} does not apply`);
  const overridden = mappingOf(result.document.metadata);
  const labels = { ...mappingOf(overridden.labels), ...managedLabel };
  return { ...result.document, metadata: { ...overridden, labels } };
}

const mappingOf = (value: unknown): Mapping => (isMapping(value) ? value : {});

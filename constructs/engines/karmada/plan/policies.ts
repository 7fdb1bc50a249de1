import { type KubernetesObject, namespaceOf } from '../../../domain/kubernetes/object.ts';
import type { Federation, Workload, WorkloadObject } from '../../../model/federation.ts';
import type { EngineOverride, FederatedNamespaceSpec } from '../../../plan/component.ts';
import { engineNamesOf, engineOverridesOf } from '../../../plan/engines/federated.ts';
import { toPlaintext } from '../domain/plaintext.ts';
import type { OverridePolicySpec, PropagationPolicySpec, ResourceSelector } from '../domain/policies.ts';
import type { KarmadaContent } from './content.ts';

/** The policies of a file. */
export type Policies = Omit<KarmadaContent, 'kind' | 'objects'>;

/** A namespace, and the object that stands for it on Karmada's API server. */
interface PlannedNamespace {
  readonly spec: FederatedNamespaceSpec;
  readonly object: KubernetesObject;
}

/**
 * The policies that bring each namespace to its clusters. The namespace stays when its policy is deleted, because it
 * contains more than Karmada's own objects.
 */
export function namespacePolicies(namespaces: readonly PlannedNamespace[]): Policies {
  const overridePolicies = namespaces.flatMap(({ spec, object }) => overridePolicy(object, spec.overrides));
  return {
    overridePolicies,
    propagationPolicies: namespaces.map(({ spec: { placement }, object }) => ({
      ...propagationPolicy(policyNameOf(object), [object], placement, overridePolicies),
      isPreserved: true,
    })),
  };
}

/**
 * The policies that bring the objects of a workload to their clusters. Services have a separate policy, since `clients`
 * and `placement` change independently. Objects without a namespace have a cluster-scoped policy.
 */
export function workloadPolicies(
  federation: Federation,
  { name, namespace }: Workload,
  planned: readonly WorkloadObject[],
): Policies {
  const toEngine = engineNamesOf(federation);
  const overridePolicies = planned.flatMap((one) => overridePolicy(one.object, engineOverridesOf(one, toEngine)));
  const policy = (
    policyName: string,
    wanted: (object: KubernetesObject) => boolean,
  ): readonly PropagationPolicySpec[] => {
    const selected = planned.filter(({ object }) => wanted(object));
    const objects = selected.map(({ object }) => object);
    const [first] = selected;
    if (first === undefined) return [];
    return [propagationPolicy(policyName, objects, [...first.clusters].map(toEngine), overridePolicies)];
  };
  const isService = ({ kind }: KubernetesObject): boolean => kind === 'Service';
  const isNamespaced = (object: KubernetesObject): boolean => namespaceOf(object) !== null;
  return {
    overridePolicies,
    propagationPolicies: [
      ...policy(name, (object) => isNamespaced(object) && !isService(object)),
      ...policy(`${name}.clients`, (object) => isNamespaced(object) && isService(object)),
      ...policy(`${namespace}.${name}`, (object) => !isNamespaced(object)),
    ],
  };
}

function selectorOf(object: KubernetesObject): ResourceSelector {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, name: metadata.name, namespace: namespaceOf(object) };
}

// Follows Karmada's name for the binding of the object. Names of RBAC objects may contain characters that a policy's
// name may not.
function policyNameOf({ kind, metadata: { name } }: KubernetesObject): string {
  return `${name.replaceAll(/[:_]/g, '.')}-${kind}`.toLowerCase();
}

function overridePolicy(object: KubernetesObject, overrides: readonly EngineOverride[]): readonly OverridePolicySpec[] {
  const rules = overrides
    .filter(({ patches }) => patches.length > 0)
    .map(({ clusterName, patches }) => ({ clusterName, plaintext: toPlaintext(object, patches) }));
  if (rules.length === 0) return [];
  return [{ name: policyNameOf(object), namespace: namespaceOf(object), selector: selectorOf(object), rules }];
}

function propagationPolicy(
  name: string,
  objects: readonly KubernetesObject[],
  clusters: readonly string[],
  overridePolicies: readonly OverridePolicySpec[],
): PropagationPolicySpec {
  const own = new Set(objects.map(policyNameOf));
  const [first] = objects;
  return {
    name,
    namespace: first === undefined ? null : namespaceOf(first),
    selectors: objects.map(selectorOf),
    clusters,
    dependentOverrides: overridePolicies.map((policy) => policy.name).filter((override) => own.has(override)),
    isPreserved: false,
  };
}

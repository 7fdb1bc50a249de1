import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { OverridePolicySpec, PropagationPolicySpec, ResourceSelector } from '../domain/policies.ts';

const apiVersion = 'policy.karmada.io/v1alpha1';

const withNamespace = (namespace: string | null): { readonly namespace?: string } =>
  namespace === null ? {} : { namespace };

const toSelector = ({ namespace, ...selector }: ResourceSelector): object => ({
  ...selector,
  ...withNamespace(namespace),
});

/**
 * A PropagationPolicy, or a ClusterPropagationPolicy for objects without a namespace. It is a plain ApiObject: the
 * class that `cdk8s import` generates from this CRD is mostly about scheduling, which is not used here, since every
 * cluster runs all replicas of the template. Selectors name the namespace that Karmada would fill in, so that a second
 * apply changes nothing.
 */
export class PropagationPolicy extends ApiObject {
  constructor(scope: Construct, id: string, spec: PropagationPolicySpec) {
    const { name, namespace, selectors, clusters, dependentOverrides, isPreserved } = spec;
    super(scope, id, {
      apiVersion,
      kind: namespace === null ? 'ClusterPropagationPolicy' : 'PropagationPolicy',
      metadata: { name, ...withNamespace(namespace) },
      spec: {
        resourceSelectors: selectors.map(toSelector),
        ...(dependentOverrides.length === 0 ? {} : { dependentOverrides: [...dependentOverrides] }),
        ...(isPreserved ? { preserveResourcesOnDeletion: true } : {}),
        placement: {
          clusterAffinity: { clusterNames: [...clusters] },
          replicaScheduling: { replicaSchedulingType: 'Duplicated' },
        },
      },
    });
  }
}

/** An OverridePolicy, or a ClusterOverridePolicy for an object without a namespace: a rule for each cluster. */
export class OverridePolicy extends ApiObject {
  constructor(scope: Construct, id: string, { name, namespace, selector, rules }: OverridePolicySpec) {
    super(scope, id, {
      apiVersion,
      kind: namespace === null ? 'ClusterOverridePolicy' : 'OverridePolicy',
      metadata: { name, ...withNamespace(namespace) },
      spec: {
        resourceSelectors: [toSelector(selector)],
        overrideRules: rules.map(({ clusterName, plaintext }) => ({
          targetCluster: { clusterNames: [clusterName] },
          overriders: { plaintext: [...plaintext] },
        })),
      },
    });
  }
}

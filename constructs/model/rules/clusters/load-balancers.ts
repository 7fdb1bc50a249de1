import { loadBalancerPresets, presetNames } from '../../../domain/kubernetes/load-balancers/presets.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, declaredGatewayOf, type Evidence, saysSomething } from '../evidence.ts';

const balancerKeys = ['preset', 'internal', 'sourceRanges'] as const;

// Kubernetes ignores these keys on any other type.
function balancerKeysNeedALoadBalancer(evidence: Evidence): readonly Finding[] {
  return clustersOf(evidence).flatMap((draft) => {
    const gateway = declaredGatewayOf(draft);
    if (gateway.type === undefined || gateway.type === 'LoadBalancer') return [];
    return balancerKeys
      .filter((key) => saysSomething(gateway[key]))
      .map((key) => ({
        path: ['clusters', draft.index, 'gateway', key],
        got: gateway[key],
        expected: `no ${key} with type ${gateway.type}: only a load balancer uses it`,
        fix: key === 'sourceRanges' ? 'remove it, and restrict the port in the firewall of the nodes' : 'remove it',
      }));
  });
}

// Each cloud has annotations of its own, so nothing else says how to ask for an internal load balancer.
function internalBalancerHasAnnotations(evidence: Evidence): readonly Finding[] {
  return clustersOf(evidence).flatMap((draft) => {
    const { internal, preset, type = 'LoadBalancer' } = declaredGatewayOf(draft);
    if (internal !== true || type !== 'LoadBalancer') return [];
    const path = ['clusters', draft.index, 'gateway', 'internal'];
    if (preset === undefined) {
      return [
        {
          path,
          got: true,
          expected: 'internal together with preset: each cloud has annotations of its own',
          fix: `add preset (${presetNames.join(', ')}), or remove internal and add the annotations of your cloud`,
        },
      ];
    }
    const balancer = loadBalancerPresets[preset].internal;
    if (balancer.kind !== 'none') return [];
    return [
      {
        path,
        got: true,
        expected: `an annotation that asks for an internal load balancer: ${balancer.why}`,
        fix: 'remove internal, and add the annotation to gateway.annotations',
      },
    ];
  });
}

/** Rules about the load balancers of gateways. */
export const loadBalancerRules = { balancerKeysNeedALoadBalancer, internalBalancerHasAnnotations };

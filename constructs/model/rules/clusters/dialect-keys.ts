import { findIstioRelease } from '../../../domain/istio/releases.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, declaredGatewayOf, type Evidence, saysSomething } from '../evidence.ts';

const gatewayKeys = ['type', 'preset', 'internal', 'annotations', 'sourceRanges'] as const;

// In 1.7 the gateway comes from istioctl's profile, so these keys would have no effect.
function gatewayKeyIsOfThisIstio(evidence: Evidence): readonly Finding[] {
  const version = evidence.declaration.istio?.version ?? '';
  if (findIstioRelease(version)?.dialect.name !== '1.7') return [];
  const finding = (path: Finding['path'], got: unknown): Finding => ({
    path,
    got,
    isKey: true,
    expected: `the gateway that Istio ${version} installs: a load balancer in every cluster`,
    fix: 'remove it and restrict the port in the firewall, or use Istio 1.24 or newer',
  });
  return clustersOf(evidence).flatMap((draft) => {
    const { index, cluster } = draft;
    const gateway = declaredGatewayOf(draft);
    return [
      ...(cluster.gateway === 'none' ? [finding(['clusters', index, 'gateway'], 'none')] : []),
      ...gatewayKeys
        .filter((key) => saysSomething(gateway[key]) && gateway[key] !== 'LoadBalancer')
        .map((key) => finding(['clusters', index, 'gateway', key], key)),
      ...(cluster.ingressGateway === true ? [finding(['clusters', index, 'ingressGateway'], 'ingressGateway')] : []),
    ];
  });
}

/** Rules about keys that one of the dialects does not support. */
export const dialectKeyRules = { gatewayKeyIsOfThisIstio };

import { isIP } from 'node:net';
import type { SafeVariable } from '../../domain/istio/releases.ts';
import type { Cluster, Federation } from '../../model/federation.ts';

/**
 * Without it a gateway listens on the first family of its pod alone (1.31.0 pkg/bootstrap/config.go and
 * pilot/pkg/model/service.go, GetExtraAddressesForProxy; since 1.17, beta since 1.24).
 */
export const dualStackVariable: SafeVariable = {
  name: 'ISTIO_DUAL_STACK',
  value: 'true',
  reason: 'a gateway has addresses of both IP families, and would listen on one',
};

/**
 * Whether the istiod of a cluster must serve both IP families: it configures or injects proxies of clusters of which one has a
 * gateway with declared addresses of both. A remote that its primary injects has no istiod.
 */
export function isDualStack({ clusters }: Federation, { name, controlPlane }: Cluster): boolean {
  if (controlPlane.kind === 'remote' && controlPlane.injector === 'primary') return false;
  const primary = controlPlane.kind === 'primary' ? name : controlPlane.primary;
  return clusters.some((one) => {
    const isOfIt = one.name === primary || (one.controlPlane.kind === 'remote' && one.controlPlane.primary === primary);
    return isOfIt && [4, 6].every((family) => one.gateway?.addresses.some((address) => isIP(address) === family));
  });
}

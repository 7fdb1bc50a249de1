import { isIP } from 'node:net';
import { leadsNowhere } from '../../../domain/addresses/unreachable.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, declaredAddressesOf, declaredGatewayOf, type Evidence, istioReleaseOf } from '../evidence.ts';

function gatewayAddressIsIp(evidence: Evidence): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  return clustersOf(evidence).flatMap((draft) => {
    const isExternalIp = declaredGatewayOf(draft).type === 'ExternalIPs';
    if (release === null || (release.dialect.resolvesHostnames && !isExternalIp)) return [];
    return declaredAddressesOf(draft)
      .filter(({ address }) => isIP(address) === 0)
      .map(({ path, address }) => ({
        path,
        got: address,
        expected: isExternalIp
          ? 'an IP address: externalIPs of a Service accepts nothing else'
          : 'an IP address (Istio 1.7 cannot use a hostname: the network would silently lose all endpoints)',
        fix: isExternalIp ? 'resolve it' : 'resolve it and reserve the address, or use Istio 1.24 or newer',
      }));
  });
}

function gatewayAddressIsReachable(evidence: Evidence): readonly Finding[] {
  return clustersOf(evidence).flatMap((draft) =>
    declaredAddressesOf(draft).flatMap(({ path, address }) => {
      const leadsTo = leadsNowhere(address);
      if (leadsTo === null) return [];
      return [
        {
          path,
          got: address,
          expected: `an address by which other networks reach the gateway: this one leads to ${leadsTo}`,
          fix: 'write the address of the load balancer, or of the nodes',
        },
      ];
    }),
  );
}

// The callers of one of the two networks would be answered by the other one.
function gatewayAddressIsOfOneNetwork(evidence: Evidence): readonly Finding[] {
  const first = new Map<string, { readonly cluster: string; readonly network: string | undefined }>();
  return clustersOf(evidence).flatMap((draft) => {
    const { name = '', network } = draft.cluster;
    return declaredAddressesOf(draft).flatMap(({ path, address }) => {
      const key = address.toLowerCase();
      const other = first.get(key);
      if (other === undefined) first.set(key, { cluster: name, network });
      if (other === undefined || network === undefined || other.network === network) return [];
      return [
        {
          path,
          got: address,
          expected: `an address that no gateway of another network has: ${other.cluster} has this one`,
          fix: 'write the address of the gateway of this cluster',
        },
      ];
    });
  });
}

/** Rules about the declared addresses of gateways. */
export const gatewayAddressRules = { gatewayAddressIsIp, gatewayAddressIsReachable, gatewayAddressIsOfOneNetwork };

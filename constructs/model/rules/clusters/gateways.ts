import type { IstioRelease } from '../../../domain/istio/releases.ts';
import { defaultGatewayPort } from '../../declaration/gateway.ts';
import type { Finding } from '../../problems/finding.ts';
import { declaredControlPlanes, hasGateway } from '../../resolution/declared-control-planes.ts';
import { clustersOf, declaredGatewayOf, type Evidence, istioReleaseOf } from '../evidence.ts';

// Ports that the proxy of a gateway, or our Service for it, already uses.
const takenPorts = [15000, 15004, 15012, 15017, 15020, 15021, 15090];

const isServed = ({ dialect }: IstioRelease, port: number): boolean =>
  dialect.gatewayPorts?.includes(port) ?? !takenPorts.includes(port);

function gatewayPortIsServed(evidence: Evidence): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  if (release === null) return [];
  const { gatewayPorts } = release.dialect;
  return clustersOf(evidence).flatMap((draft) => {
    const { port } = declaredGatewayOf(draft);
    if (port === undefined || isServed(release, port)) return [];
    return [
      {
        path: ['clusters', draft.index, 'gateway', 'port'],
        got: port,
        expected:
          gatewayPorts === null
            ? `a port other than ${takenPorts.join(', ')}: the gateway uses these itself`
            : `one of ${gatewayPorts.join(', ')}: the ports of the gateway's Service in Istio 1.7`,
        fix: 'use 15443 or 443',
      },
    ];
  });
}

// Gateways get their configuration from a primary, so one Gateway object names one port for all gateways that read it.
function gatewayPortIsTheSameEverywhere(evidence: Evidence): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  const planes = declaredControlPlanes(evidence.declaration);
  const planeAt = new Map(planes.map((plane) => [plane.index, plane]));
  const first = new Map<string, number>();
  return clustersOf(evidence).flatMap((draft) => {
    const plane = planeAt.get(draft.index);
    const gateway = declaredGatewayOf(draft);
    const port = 'port' in gateway ? gateway.port : defaultGatewayPort;
    if (plane === undefined || port === undefined || draft.cluster.gateway === 'none') return [];
    if (release === null || !isServed(release, port)) return [];
    const expected = first.get(plane.primary) ?? port;
    first.set(plane.primary, expected);
    if (port === expected) return [];
    return [
      {
        path: ['clusters', draft.index, 'gateway', 'port'],
        got: port,
        expected: `${expected}, as in the first cluster: one Gateway object on the primary opens the port of every gateway`,
        fix: 'give every gateway the same port',
      },
    ];
  });
}

// istiod treats a network without a gateway as reachable by everyone, and hands out the addresses of its pods.
function networkHasAGateway(evidence: Evidence): readonly Finding[] {
  const isReached = hasGateway(evidence.declaration, declaredControlPlanes(evidence.declaration));
  const drafts = clustersOf(evidence);
  const networks = new Set(drafts.flatMap(({ cluster }) => cluster.network ?? []));
  const reached = new Set(drafts.flatMap(({ cluster }) => (isReached(cluster) ? (cluster.network ?? []) : [])));
  if (networks.size < 2) return [];
  return drafts
    .filter(({ cluster }) => cluster.gateway === 'none' && !reached.has(cluster.network ?? ''))
    .map(({ index, cluster }) => ({
      path: ['clusters', index, 'gateway'],
      got: 'none',
      expected: `a gateway in at least one cluster of ${cluster.network}: without one, the other networks get pod addresses, which they cannot reach`,
      fix: 'remove gateway: none, or give another cluster of the network a gateway',
    }));
}

function externalIpsAreNamed(evidence: Evidence): readonly Finding[] {
  return clustersOf(evidence)
    .filter((draft) => {
      const gateway = declaredGatewayOf(draft);
      return gateway.type === 'ExternalIPs' && !('address' in gateway);
    })
    .map(({ index }) => ({
      path: ['clusters', index, 'gateway', 'type'],
      got: 'ExternalIPs',
      expected: 'ExternalIPs together with address: no controller assigns addresses to such a Service',
      fix: 'add address, with IP addresses that are routed to nodes of the cluster',
    }));
}

/** Rules about gateways. */
export const gatewayRules = {
  gatewayPortIsServed,
  gatewayPortIsTheSameEverywhere,
  networkHasAGateway,
  externalIpsAreNamed,
};

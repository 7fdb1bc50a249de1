import { isIP } from 'node:net';
import { findIstioDialect, type IstioDialect, istioMinors } from '../../domain/istio-dialects.ts';
import { kubefedVersions } from '../../domain/kubefed-versions.ts';
import { defaultGatewayPort } from '../declaration.ts';
import type { Finding } from '../finding.ts';
import { clustersOf, type Subject } from '../subject.ts';

function istioVersionIsSupported({ declaration }: Subject): readonly Finding[] {
  const version = declaration.istio?.version;
  if (version === undefined || findIstioDialect(version) !== null) return [];
  const ranges = Object.entries(istioMinors).map(([minor, { newestPatch }]) => `${minor}.0 to ${minor}.${newestPatch}`);
  return [
    {
      path: ['istio', 'version'],
      got: version,
      expected: `a version in ${ranges.join(', ')}`,
      fix: 'choose a supported version; 1.7.2 is the one of the tutorial',
    },
  ];
}

function federationVersionIsSupported({ declaration }: Subject): readonly Finding[] {
  const version = declaration.federation?.version;
  if (version === undefined || kubefedVersions.includes(version)) return [];
  return [
    {
      path: ['federation', 'version'],
      got: version,
      expected: `one of ${kubefedVersions.map((known) => `"${known}"`).join(', ')}`,
      fix: 'choose a supported KubeFed release',
    },
  ];
}

function dialectOf({ declaration }: Subject): IstioDialect | null {
  return declaration.istio?.version === undefined ? null : findIstioDialect(declaration.istio.version);
}

function gatewayAddressIsIp(subject: Subject): readonly Finding[] {
  if (dialectOf(subject) === null) return [];
  return clustersOf(subject).flatMap(({ index, cluster }) => {
    const address = cluster.gateway?.address;
    if (address === undefined || isIP(address) !== 0) return [];
    return [
      {
        path: ['clusters', index, 'gateway', 'address'],
        got: address,
        expected: 'an IP address (Istio 1.7 cannot use a hostname: the network would silently lose all endpoints)',
        fix: 'resolve it and reserve the address, or use Istio 1.13 or newer',
      },
    ];
  });
}

function gatewayPortIsServed(subject: Subject): readonly Finding[] {
  const ports = dialectOf(subject)?.gatewayPorts ?? [];
  return clustersOf(subject).flatMap(({ index, cluster }) => {
    const port = cluster.gateway?.port;
    if (port === undefined || ports.length === 0 || ports.includes(port)) return [];
    return [
      {
        path: ['clusters', index, 'gateway', 'port'],
        got: port,
        expected: `one of ${ports.join(', ')}: the ports that the gateway's Service of Istio 1.7 carries`,
        fix: `use ${ports.join(' or ')}`,
      },
    ];
  });
}

// All gateways take their configuration from the one primary, so one Gateway object names one port for all of them.
function gatewayPortIsTheSameEverywhere(subject: Subject): readonly Finding[] {
  const served = dialectOf(subject)?.gatewayPorts ?? [];
  const ports = clustersOf(subject).flatMap(({ index, cluster: { gateway } }) => {
    const port = gateway !== undefined && 'port' in gateway ? gateway.port : defaultGatewayPort;
    return port !== undefined && served.includes(port) ? [{ index, port }] : [];
  });
  const expected = ports[0]?.port;
  return ports
    .filter(({ port }) => port !== expected)
    .map(({ index, port }) => ({
      path: ['clusters', index, 'gateway', 'port'],
      got: port,
      expected: `${expected}, as in the first cluster: one Gateway object on the primary opens the port of every gateway`,
      fix: 'give every gateway the same port',
    }));
}

/** Rules about versions and gateways. */
export const meshRules = {
  istioVersionIsSupported,
  federationVersionIsSupported,
  gatewayAddressIsIp,
  gatewayPortIsServed,
  gatewayPortIsTheSameEverywhere,
};

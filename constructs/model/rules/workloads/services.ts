import { isMapping, type Mapping } from '../../../domain/json/mapping.ts';
import { portsWithoutProtocol } from '../../../domain/kubernetes/service-ports.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { Finding } from '../../problems/finding.ts';
import { deliveryOf, type Evidence, wordsOf, workloadsOf } from '../evidence.ts';
import { patchesOf, placeIn } from '../overrides/declared-patches.ts';

interface ServicePort {
  readonly manifest: Manifest;
  readonly port: Mapping;
  readonly position: number;
  /** The number of ports of the Service. */
  readonly count: number;
}

function servicePortsOf({ manifests }: Evidence): readonly ServicePort[] {
  return manifests
    .filter(({ group, kind }) => group === '' && kind === 'Service')
    .flatMap((manifest) => {
      const { spec } = manifest.object;
      const ports: readonly unknown[] = isMapping(spec) && Array.isArray(spec.ports) ? spec.ports : [];
      return ports.flatMap((port, position) =>
        isMapping(port) ? [{ manifest, port, position, count: ports.length }] : [],
      );
    });
}

const placeOf = ({ manifest: { workload, entry, raw }, position }: Omit<ServicePort, 'port' | 'count'>) => ({
  path: ['workloads', workload, 'manifests', entry],
  at: raw.document.locate([...raw.path, 'spec', 'ports', position]),
});

// The server refuses it. KubeFed reports that only in an event on the Federated object (seen on v0.10.0).
function servicePortsHaveNames(evidence: Evidence): readonly Finding[] {
  return servicePortsOf(evidence)
    .filter(({ port, count }) => count > 1 && port.name === undefined)
    .map((place) => ({
      ...placeOf(place),
      got: place.port,
      expected: 'a name for every port of a Service that has several',
      fix: 'name it after its protocol, such as http or grpc-api',
    }));
}

// istiod uses the definition that it saw first for all clusters (istio issue 46105).
function servicePortsAreTheSameEverywhere(evidence: Evidence): readonly Finding[] {
  return patchesOf(evidence)
    .filter(({ patch, resource }) => resource?.startsWith('Service/') && /^\/spec\/ports(\/|$)/.test(patch.path ?? ''))
    .map((declared) => ({
      path: placeIn(declared, 'path'),
      got: declared.patch.path,
      expected: 'the same ports in every cluster: the mesh uses a single definition of each Service',
      fix: 'change the manifest, or use a Service with another name',
    }));
}

/** Rules about Services, which must be the same in all clusters. */
export const serviceRules = { servicePortsHaveNames, servicePortsAreTheSameEverywhere };

function servicePortHasNoProtocol(evidence: Evidence): readonly Finding[] {
  const federated = workloadsOf(evidence).filter((draft) => deliveryOf(draft) === 'federated');
  const isFederated = new Set(federated.map(({ index }) => index));
  return evidence.manifests
    .filter(({ group, workload }) => group === '' && isFederated.has(workload))
    .flatMap((manifest) =>
      portsWithoutProtocol(manifest.object).map((position) => ({
        ...placeOf({ manifest, position }),
        got: undefined,
        expected: `a protocol: ${wordsOf(evidence).noProtocol}; protocol: TCP was filled in`,
        fix: 'add protocol: TCP',
      })),
    );
}

// Istio's own rule for names (1.31.0 pkg/config/protocol/instance.go).
const protocols = /^(http|http2|https|grpc|grpc-web|tcp|tls|mongo|mysql|redis|udp|thrift|hbone|auto)(-|$)/i;

function servicePortNamesNoProtocol(evidence: Evidence): readonly Finding[] {
  return servicePortsOf(evidence)
    .filter(({ port }) => port.appProtocol === undefined && port.protocol !== 'UDP')
    .filter(({ port }) => typeof port.name !== 'string' || !protocols.test(port.name))
    .map((place) => ({
      ...placeOf(place),
      got: place.port.name,
      expected:
        'a port whose name begins with its protocol, or appProtocol: otherwise Istio guesses the protocol of each call',
      fix: 'call it http, grpc-... or tcp-..., or add appProtocol',
    }));
}

/** Warnings about Services. */
export const serviceWarnings = { servicePortHasNoProtocol, servicePortNamesNoProtocol };

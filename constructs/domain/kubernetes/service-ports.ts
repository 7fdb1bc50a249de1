import { isMapping, type Mapping } from '../json/mapping.ts';

/**
 * A copy of a Service whose ports all name their protocol; any other object as it is. Kubernetes takes TCP for a missing
 * one, but KubeFed compares ports with the live ones as they are written, and would take their node ports away (v0.4.1
 * pkg/controller/sync/dispatch/retain.go).
 */
export function fillProtocols<T extends Mapping>(object: T): T {
  const ports = portsWithoutProtocol(object);
  if (ports.length === 0) return object;
  const spec = object.spec as Mapping;
  const filled = (spec.ports as readonly Mapping[]).map((port) =>
    'protocol' in port ? port : { ...port, protocol: 'TCP' },
  );
  // Only the protocols are new, and they are part of every Service's type.
  return { ...object, spec: { ...spec, ports: filled } } as T;
}

/** Positions of the ports of a Service that name no protocol. */
export function portsWithoutProtocol(object: Mapping): readonly number[] {
  if (object.kind !== 'Service' || !isMapping(object.spec) || !Array.isArray(object.spec.ports)) return [];
  return object.spec.ports.flatMap((port: unknown, position) =>
    isMapping(port) && port.protocol === undefined ? [position] : [],
  );
}

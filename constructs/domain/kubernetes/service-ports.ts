import { isMapping, type Mapping } from '../json/mapping.ts';

/**
 * A copy of a Service whose ports all name their protocol. Any other object stays unchanged. Kubernetes reads a missing
 * protocol as TCP. KubeFed, however, compares the ports as written with the live ones and would remove their node ports
 * (v0.4.1 pkg/controller/sync/dispatch/retain.go).
 */
export function fillProtocols<T extends Mapping>(object: T): T {
  const ports = portsWithoutProtocol(object);
  if (ports.length === 0) return object;
  const spec = object.spec as Mapping;
  const filled = (spec.ports as readonly Mapping[]).map((port) =>
    'protocol' in port ? port : { ...port, protocol: 'TCP' },
  );
  // Only the protocols are added, and the type of every Service has them.
  return { ...object, spec: { ...spec, ports: filled } } as T;
}

/** Positions of the ports of a Service without a protocol. */
export function portsWithoutProtocol(object: Mapping): readonly number[] {
  if (object.kind !== 'Service' || !isMapping(object.spec) || !Array.isArray(object.spec.ports)) return [];
  return object.spec.ports.flatMap((port: unknown, position) =>
    isMapping(port) && port.protocol === undefined ? [position] : [],
  );
}

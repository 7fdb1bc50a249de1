import { isMapping, type Mapping } from '../json/mapping.ts';

/** A TCP port of a Service. */
export interface BackendPort {
  readonly port: number;
  /** Whether its name or appProtocol says that calls are plain HTTP. */
  readonly isHttp: boolean;
}

/** A Service whose calls a proxy distributes over pods. */
export interface SpreadService {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Mapping;
  readonly ports: readonly BackendPort[];
}

/** Labels of pods, and whether the pods get a sidecar if their namespace asks for one. */
export interface RunningPods {
  readonly labels: Mapping;
  readonly isInjected: boolean;
}

/**
 * A Service as a proxy sees it. Null for other objects, and for a Service without pods among which a proxy can choose:
 * of type ExternalName, headless, without a selector, or without a TCP port.
 */
export function spreadServiceOf(object: Mapping): SpreadService | null {
  const { apiVersion, kind, metadata, spec } = object;
  if (apiVersion !== 'v1' || kind !== 'Service' || !isMapping(metadata) || !isMapping(spec)) return null;
  const { selector, type, clusterIP } = spec;
  const ports = tcpPortsOf(spec);
  if (!isMapping(selector) || Object.keys(selector).length === 0 || ports.length === 0) return null;
  if (type === 'ExternalName' || clusterIP === 'None') return null;
  return { namespace: String(metadata.namespace), name: String(metadata.name), selector, ports };
}

function tcpPortsOf({ ports }: Mapping): readonly BackendPort[] {
  const all: readonly unknown[] = Array.isArray(ports) ? ports : [];
  return all
    .filter(isMapping)
    .filter(({ protocol }) => protocol === undefined || protocol === 'TCP')
    .map((port) => ({ port: Number(port.port), isHttp: isHttp(port) }));
}

// appProtocol takes precedence over the name (1.31.0 pkg/config/kube/conversion.go).
function isHttp({ appProtocol, name }: Mapping): boolean {
  return /^http2?(-|$)/i.test(typeof appProtocol === 'string' ? appProtocol : String(name ?? ''));
}

// Kinds that keep pods running. The pods of a Job end.
const kindsOfPods = ['DaemonSet', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

/** The pods that an object keeps running, or null if it runs none. */
export function runningPodsOf({ kind, metadata, spec }: Mapping): RunningPods | null {
  if (kind === 'Pod') return podsFrom(metadata);
  if (typeof kind !== 'string' || !kindsOfPods.includes(kind) || !isMapping(spec)) return null;
  if (spec.replicas === 0 || !isMapping(spec.template)) return null;
  return podsFrom(spec.template.metadata);
}

function podsFrom(metadata: unknown): RunningPods {
  const { labels, annotations } = isMapping(metadata) ? metadata : { labels: {}, annotations: {} };
  const key = 'sidecar.istio.io/inject';
  const refuses = (marks: unknown): boolean => isMapping(marks) && String(marks[key]) === 'false';
  return { labels: isMapping(labels) ? labels : {}, isInjected: !refuses(labels) && !refuses(annotations) };
}

/** Whether a Service with this selector sends calls to pods with these labels. */
export function selects(selector: Mapping, labels: Mapping): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

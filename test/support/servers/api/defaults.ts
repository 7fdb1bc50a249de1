import { isMap, type JsonMap, listAt, mapAt, type StoredObject, textAt, valueAt } from './object.ts';

/** Adds what Kubernetes adds to an object when it is written. */
export function addDefaults(object: StoredObject, number: number): void {
  const add = defaults[`${object.kind}.${object.apiVersion}`];
  add?.(object, number);
}

const defaults: Readonly<Record<string, (object: StoredObject, number: number) => void>> = {
  'Namespace.v1': (object) => {
    object.metadata.labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name };
    object.spec = { finalizers: ['kubernetes'], ...mapAt(object, 'spec') };
    object.status = { phase: 'Active', ...mapAt(object, 'status') };
  },
  'Secret.v1': (object) => {
    const texts = mapAt(object, 'stringData');
    const encoded = Object.entries(texts).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
    if (encoded.length > 0) object.data = { ...mapAt(object, 'data'), ...Object.fromEntries(encoded) };
    delete object.stringData;
    object.type ??= 'Opaque';
  },
  'Service.v1': (object, number) => {
    const spec = mapAt(object, 'spec');
    object.spec = spec;
    spec.type ??= 'ClusterIP';
    const address = `10.96.${Math.floor(number / 250) % 250}.${(number % 250) + 1}`;
    if (spec.type !== 'ExternalName') spec.clusterIP ??= address;
    spec.ports = listAt(spec, 'ports').map((port, index) => withPort(port, textAt(spec, 'type'), number + index));
  },
  'Deployment.apps/v1': (object) => {
    const spec = mapAt(object, 'spec');
    object.spec = spec;
    spec.replicas ??= 1;
  },
};

function withPort(port: unknown, type: string, number: number): JsonMap {
  const map = isMap(port) ? { ...port } : {};
  map.protocol ??= 'TCP';
  map.targetPort ??= map.port;
  if (type !== 'ClusterIP' && valueAt(map, 'nodePort') === undefined) map.nodePort = 30000 + (number % 2768);
  return map;
}

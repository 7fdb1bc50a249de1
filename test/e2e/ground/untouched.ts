import type { KubeObject } from './documents.ts';
import type { Cluster } from './ground.ts';
import { kubectl } from './kubectl.ts';

type Fields = Record<string, unknown>;

/**
 * What an API server makes of an object that it has never seen, and nobody but it touches: every default filled in. It
 * is asked under another name, since under its own the object may be there already and lend it fields.
 */
export async function asCreated(cluster: Cluster, object: KubeObject): Promise<Fields> {
  const { name } = object.metadata;
  const renamed = { ...object, metadata: { ...object.metadata, name: `${name}-as-created` } };
  const words = ['create', '--dry-run=server', '--validate=strict', '--filename=-', '--output=json'];
  const created = JSON.parse(await kubectl(cluster, words, JSON.stringify(renamed))) as Fields;
  return comparable({ ...created, metadata: { ...(created.metadata as Fields), name } });
}

/** An object without what its API server, its controllers and Karmada add: what remains is what somebody wanted. */
export function comparable(object: Fields): Fields {
  const { apiVersion, kind, metadata, status: _, ...rest } = object as Fields & { metadata: Fields };
  const { name, namespace, labels, annotations } = metadata;
  const wanted = { name, namespace, labels: withoutAdded(labels), annotations: withoutAdded(annotations) };
  return { apiVersion, kind, metadata: wanted, ...(kind === 'Service' ? withoutAllocated(rest) : rest) };
}

// Each cluster gives a Service addresses of its own.
function withoutAllocated({ spec, ...rest }: Fields): Fields {
  const { clusterIP, clusterIPs, ...wanted } = spec as Fields;
  const headless = clusterIP === 'None' ? { clusterIP, clusterIPs } : {};
  const ports = (wanted.ports as Fields[] | undefined)?.map(({ nodePort: _, ...port }) => port);
  return { spec: { ...wanted, ...headless, ports }, ...rest };
}

const ADDED = ['kubernetes.io/metadata.name', 'deployment.kubernetes.io/revision'];

function withoutAdded(entries: unknown): Fields {
  const isWanted = (key: string) => !ADDED.includes(key) && !/(^|\.)karmada\.io\//.test(key);
  return Object.fromEntries(Object.entries((entries ?? {}) as Fields).filter(([key]) => isWanted(key)));
}

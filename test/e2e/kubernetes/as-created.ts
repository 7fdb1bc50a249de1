import type { Cluster } from '../environment.ts';
import { type KubeObject, listOf } from './documents.ts';
import { kubectl } from './kubectl.ts';

type Fields = Record<string, unknown>;

/**
 * An object as an API server creates it when nothing else touches it, with every default filled in. The request uses
 * another name: under its own name the object may already exist and contribute fields.
 */
export async function asCreated(cluster: Cluster, object: KubeObject): Promise<Fields> {
  const [created = {}] = await allAsCreated(cluster, [object]);
  return created;
}

/** The same for several objects, in their order. One request for all, since each kubectl takes its time. */
export async function allAsCreated(cluster: Cluster, objects: readonly KubeObject[]): Promise<Fields[]> {
  const renamed = objects.map((one) => ({ ...one, metadata: { ...one.metadata, name: underAnotherName(one) } }));
  const words = ['create', '--dry-run=server', '--validate=strict', '--filename=-', '--output=json'];
  const text = objects.length === 0 ? '' : await kubectl(cluster, words, listOf(renamed));
  // One document after the other, each beginning with a brace at the start of a line.
  const created = text.split(/^(?=\{)/m).filter((one) => one.trim() !== '');
  if (created.length !== objects.length) throw new Error(`${created.length} of ${objects.length} objects came back`);
  return created.map((one, index) => {
    const { metadata, ...rest } = JSON.parse(one) as Fields;
    return comparable({ ...rest, metadata: { ...(metadata as Fields), name: objects[index]?.metadata.name } });
  });
}

function underAnotherName({ metadata }: KubeObject): string {
  return `${metadata.name}-as-created`;
}

/**
 * An object without the fields that its API server, its controllers, Karmada and kubectl add. Only the desired state
 * remains. KubeFed adds its label, which is in `effective/`, and nothing else.
 */
export function comparable(object: Fields): Fields {
  const { apiVersion, kind, metadata, status: _, ...rest } = object as Fields & { metadata: Fields };
  const { name, namespace, labels, annotations } = metadata;
  const wanted = { name, namespace, labels: withoutAdded(labels), annotations: withoutAdded(annotations) };
  const strip = GENERATED[String(kind)] ?? ((fields: Fields) => fields);
  return { apiVersion, kind, metadata: wanted, ...strip(rest) };
}

/** Fields that API servers generate anew for each object. */
const GENERATED: Readonly<Record<string, (rest: Fields) => Fields>> = {
  Service: withoutAllocated,
  Job: withoutOwnSelector,
};

// A Job selects its pods by its own UID, with labels that users never write.
function withoutOwnSelector({ spec, ...rest }: Fields): Fields {
  const { selector, template, ...wanted } = spec as Fields & { template: Fields & { metadata: Fields } };
  const { labels, ...metadata } = template.metadata;
  const own = wanted.manualSelector === true ? { selector } : {};
  return {
    spec: { ...wanted, ...own, template: { ...template, metadata: { ...metadata, labels: withoutAdded(labels) } } },
    ...rest,
  };
}

// Each cluster assigns its own addresses to a Service.
function withoutAllocated({ spec, ...rest }: Fields): Fields {
  const { clusterIP, clusterIPs, ...wanted } = spec as Fields;
  const headless = clusterIP === 'None' ? { clusterIP, clusterIPs } : {};
  const ports = (wanted.ports as Fields[] | undefined)?.map(({ nodePort: _, ...port }) => port);
  return { spec: { ...wanted, ...headless, ports }, ...rest };
}

const ADDED = [
  'kubernetes.io/metadata.name',
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/last-applied-configuration',
  // Labels of a Job's pods.
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
];

function withoutAdded(entries: unknown): Fields {
  const isWanted = (key: string) => !ADDED.includes(key) && !/(^|\.)karmada\.io\//.test(key);
  return Object.fromEntries(Object.entries((entries ?? {}) as Fields).filter(([key]) => isWanted(key)));
}

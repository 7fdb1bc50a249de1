import { z } from 'zod';
import { groupBy } from '../../constructs/domain/group-by.ts';
import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import { type Answer, mapAnswer } from '../clusters/answer.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { shown } from '../clusters/problem.ts';
import type { ClusterRecord, ClusterRecords, StoredPart, StoredRecord } from './record.ts';
import { parseRecord } from './record-rows.ts';
import { uniteRecords } from './unite-records.ts';

/** Labels of every ConfigMap of a record. */
export const recordLabels = {
  managedBy: { name: 'app.kubernetes.io/managed-by', value: 'mesh-federation' },
  federation: 'mesh-federation.io/federation',
} as const;

const itemSchema = z.object({
  metadata: z.object({
    name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,252}$/),
    uid: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]*$/),
    resourceVersion: z.string().regex(/^[0-9A-Za-z]+$/),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  data: z.record(z.string(), z.string()).default({}),
});
const listSchema = z.object({ items: z.array(itemSchema) });
type Item = z.output<typeof itemSchema>;

/** Everything about federations that a cluster holds: by their labels, and by their names if an earlier version wrote them. */
export async function readRecords(
  cluster: Pick<Cluster, 'kubectl' | 'name'>,
  federation: string,
): Promise<Answer<ClusterRecords>> {
  const { name, value } = recordLabels.managedBy;
  const all = { resource: 'configmaps', name: null, namespace };
  const [labelled, names] = await Promise.all([
    cluster.kubectl.get({ ...all, selector: `${name}=${value}` }, listSchema),
    cluster.kubectl.getNames(all),
  ]);
  if (labelled.kind === 'failed') return labelled;
  if (names.kind === 'failed') return names;
  // kubectl prints nothing for an empty list.
  const items = labelled.kind === 'found' ? labelled.value.items : [];
  const known = new Set(items.map(({ metadata }) => metadata.name));
  const bare = (names.kind === 'found' ? names.value : []).filter((one) => isRecordName(one) && !known.has(one));
  const earlier = await readEarlier(cluster, bare);
  if (earlier.kind !== 'found') return earlier;
  const found = [...items, ...earlier.value];
  if (bytesOf(found) > mostBytes) return tooLarge;
  return { kind: 'found', value: sortOut(found, federation, cluster.name) };
}

// A record has 1 MiB at most, and each part of apply.sh some kilobytes. Reading more of them would take minutes.
const mostBytes = 4 * 1024 * 1024;
const tooLarge = {
  kind: 'failed',
  reason: 'its ConfigMaps of records have more than 4 MiB',
  fix: 'look at the ConfigMaps of kube-system with the label app.kubernetes.io/managed-by=mesh-federation',
} as const;

function bytesOf(items: readonly Item[]): number {
  return items.flatMap(({ data }) => Object.values(data)).reduce((sum, text) => sum + text.length, 0);
}

const namespace = 'kube-system';
const isRecordName = (name: string): boolean => name.startsWith(namePrefix) && federationOf(name) !== null;

// Earlier versions wrote no labels. Something else may have such a name; a record has rows of objects, if only none.
async function readEarlier(
  { kubectl }: Pick<Cluster, 'kubectl'>,
  names: readonly string[],
): Promise<Answer<readonly Item[]>> {
  const identities = names.map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name }));
  const found = await kubectl.getMany(identities, itemSchema);
  return mapAnswer(found, (items) => items.filter(({ data }) => 'objects.tsv' in data).map(withLabel));
}

function withLabel(item: Item): Item {
  const labels = { [recordLabels.federation]: federationOf(item.metadata.name) ?? '', ...item.metadata.labels };
  return { ...item, metadata: { ...item.metadata, labels } };
}

function sortOut(items: readonly Item[], federation: string, cluster: string): ClusterRecords {
  const owners = groupBy(items, ({ metadata }) => metadata.labels[recordLabels.federation] ?? '');
  const stored = [...owners].map(([owner, parts]) => ({ owner, parts, record: recordOf(owner, parts, cluster) }));
  const readable = stored.flatMap(({ owner, parts, record }) =>
    record === null ? [] : [{ owner, stored: storedOf(record, parts) }],
  );
  return {
    own: readable.find(({ owner }) => owner === federation)?.stored ?? null,
    others: readable.filter(({ owner }) => owner !== federation).map((one) => one.stored),
    unreadable: stored
      .filter(({ record }) => record === null)
      .flatMap(({ parts }) => parts.map(({ metadata }) => shown(metadata.name))),
  };
}

function storedOf(record: ClusterRecord, parts: readonly Item[]): StoredRecord {
  return { record, parts: parts.map(partOf), namesCluster: parts.some(({ data }) => 'cluster' in data) };
}

function partOf({ metadata: { name, uid, resourceVersion } }: Item): StoredPart {
  return { name, uid, resourceVersion };
}

// Null if one of them cannot be read, or is no record at all: anybody may put our labels on any ConfigMap.
function recordOf(federation: string, parts: readonly Item[], cluster: string): ClusterRecord | null {
  if (!dnsLabelPattern.test(federation)) return null;
  const name = recordName(federation);
  // That of the command comes first.
  const ordered = [...parts].sort(
    (one, other) => Number(other.metadata.name === name) - Number(one.metadata.name === name),
  );
  return uniteRecords(ordered.map((part) => parsePart(federation, part, cluster)));
}

function parsePart(federation: string, { metadata, data }: Item, cluster: string): ClusterRecord | null {
  const name = recordName(federation);
  if (!('objects.tsv' in data)) return null;
  // The first version did not write the name of the cluster.
  if (metadata.name === name) return parseRecord(federation, { cluster, ...data });
  if (!metadata.name.startsWith(`${name}-`) || !checksumPattern.test(metadata.name.slice(name.length + 1))) return null;
  // apply.sh writes what an output has, and nothing about what was there before.
  const { 'objects.tsv': objects, 'commands.tsv': commands = '' } = data;
  return parseRecord(federation, {
    cluster: data.cluster ?? cluster,
    'objects.tsv': objects,
    'commands.tsv': commands,
  });
}

const checksumPattern = /^[0-9a-f]{8,64}$/;
const namePrefix = 'mesh-federation-';

/** Name of the ConfigMap in which the command keeps the record of a federation. */
export function recordName(federation: string): string {
  return `${namePrefix}${federation}`;
}

// Null if no federation can have a record of this name.
function federationOf(name: string): string | null {
  const federation = name.slice(namePrefix.length);
  return dnsLabelPattern.test(federation) ? federation : null;
}

import type { Answer } from '../clusters/answer.ts';
import type { Changed } from '../clusters/changes.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import type { KubeObject } from '../clusters/kube-object.ts';
import type { Problem } from '../clusters/problem.ts';
import { recordLabels, recordName } from './read-records.ts';
import type { ClusterRecord, StoredPart, StoredRecord } from './record.ts';
import { parseRecord, renderRecord } from './record-rows.ts';

/** Bytes that a ConfigMap may have: etcd takes 1.5 MiB, the API server 1 MiB of data. */
const mostBytes = 1024 * 1024;

/**
 * Writes the record of a cluster, if it says anything new. What apply.sh has written becomes a part of it.
 *
 * @param former the record as it was read; null if there was none
 * @throws Failure `locked` when somebody else has written meanwhile
 */
export async function writeRecord(
  cluster: Cluster,
  former: StoredRecord | null,
  record: ClusterRecord,
): Promise<StoredRecord> {
  const name = recordName(record.federation);
  const main = former?.parts.find((part) => part.name === name);
  const others = former?.parts.filter((part) => part.name !== name) ?? [];
  if (former !== null && main !== undefined && others.length === 0 && isSame(former.record, record)) return former;
  if (parseRecord(record.federation, renderRecord(record)) === null) throw notReadable(cluster);
  const object = objectOf(record, main);
  const written = main === undefined ? cluster.changes.create(object) : cluster.changes.replace(object);
  const part = { name, ...identityOf(cluster, await written) };
  for (const other of others) await deletePart(cluster, other);
  return { record, parts: [part], namesCluster: true };
}

/** Deletes the record of a cluster, with all of its parts. */
export async function deleteRecord(cluster: Cluster, { parts }: StoredRecord): Promise<void> {
  for (const part of parts) await deletePart(cluster, part);
}

/** The problem of a record that is too large for a ConfigMap, or null. */
export function sizeProblemOf(record: ClusterRecord): Problem | null {
  const bytes = Object.values(renderRecord(record)).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes <= mostBytes) return null;
  return {
    problem: `${record.cluster}: its record would have ${bytes} bytes, and a ConfigMap holds ${mostBytes}`,
    fix: 'divide the workloads among two federations, or deliver some of them in another way',
  };
}

const isSame = (one: ClusterRecord, other: ClusterRecord): boolean =>
  JSON.stringify(renderRecord(one)) === JSON.stringify(renderRecord(other));

function objectOf(record: ClusterRecord, main: StoredPart | undefined): KubeObject {
  const { managedBy, federation } = recordLabels;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: recordName(record.federation),
      namespace: 'kube-system',
      labels: { [managedBy.name]: managedBy.value, [federation]: record.federation },
      ...(main === undefined ? {} : { resourceVersion: main.resourceVersion }),
    },
    data: renderRecord(record),
  };
}

function identityOf(cluster: Cluster, answer: Answer<Changed>): Omit<StoredPart, 'name'> {
  if (answer.kind === 'found' && answer.value.kind === 'changed') {
    const { uid, resourceVersion = '' } = answer.value;
    return { uid, resourceVersion };
  }
  if (answer.kind === 'failed') throw notWritten(cluster, answer.reason);
  throw new Failure(
    {
      problem: `${cluster.name}: somebody else has written its record meanwhile`,
      fix: 'run the same command again: it reads the record anew',
    },
    'locked',
  );
}

async function deletePart(cluster: Cluster, { name, uid, resourceVersion }: StoredPart): Promise<void> {
  const reference = { group: '', kind: 'ConfigMap', namespace: 'kube-system', name };
  const answer = await cluster.changes.delete(reference, { uid, resourceVersion });
  if (answer.kind === 'failed') throw notWritten(cluster, answer.reason);
  if (answer.kind === 'found' && answer.value.kind === 'conflict') identityOf(cluster, answer);
}

function notWritten({ name }: Cluster, reason: string): Failure {
  return new Failure({
    problem: `${name}: its record cannot be written: ${reason}`,
    fix: 'use a context that may create, update and delete ConfigMaps of kube-system',
  });
}

// Whoever reads it next would refuse it, and nobody could go on.
function notReadable({ name }: Cluster): Failure {
  return new Failure({
    problem: `${name}: the plan has an object or a command that no record can hold`,
    fix: 'synthesize again with the same version of mesh-federation',
  });
}

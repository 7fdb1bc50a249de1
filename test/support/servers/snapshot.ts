import { resourceOf } from './api/kinds.ts';
import { copyOf, isMap, type JsonMap, textAt } from './api/object.ts';
import type { World } from './world.ts';

/** Everything that the servers hold, by context and object. */
export type Snapshot = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

// What the server sets itself, and what differs from run to run.
const volatile = ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields'];
const volatileEverywhere = [
  'observedGeneration',
  'schedulerObservedGeneration',
  'clusterIP',
  'nodePort',
  'podIP',
  'renewTime',
  'acquireTime',
  'addresses',
  'kubectl.kubernetes.io/restartedAt',
];
// Each belongs to something else that is compared.
const derived = ['pods', 'endpointslices.discovery.k8s.io'];

/** What the servers hold, without what differs from run to run. Two runs with the same end have the same. */
export function snapshotOf(world: World): Snapshot {
  return Object.fromEntries(
    [...world.clusters].map(([context, { server }]) => {
      const entries = server.entries.filter(({ kind }) => !derived.includes(resourceOf(kind)));
      const rows = entries.flatMap(({ kind, object }): readonly (readonly [string, unknown])[] => {
        const { name, namespace } = object.metadata;
        const title = `${resourceOf(kind)}/${namespace === undefined ? '' : `${namespace}/`}${name}`;
        return object.type === 'helm.sh/release.v1' ? releaseOf(title, object) : [[title, comparable(object)]];
      });
      return [context, Object.fromEntries(rows.sort(([one], [other]) => (one < other ? -1 : 1)))];
    }),
  );
}

// The last revision of a release, whatever its number.
function releaseOf(title: string, object: JsonMap): readonly (readonly [string, unknown])[] {
  const status = textAt(object, 'metadata', 'labels', 'status');
  return status === 'superseded' ? [] : [[title.replace(/\.v\d+$/, ''), { status }]];
}

function comparable(object: JsonMap): JsonMap {
  const copy = withoutVolatile(copyOf(object)) as JsonMap;
  const metadata = isMap(copy.metadata) ? copy.metadata : {};
  const kept = Object.entries(metadata).filter(([key, value]) => !volatile.includes(key) && !isEmpty(value));
  copy.metadata = Object.fromEntries(kept);
  if (copy.type === 'kubernetes.io/service-account-token') copy.data = {};
  return copy;
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function withoutVolatile(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVolatile);
  if (!isMap(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !volatileEverywhere.includes(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutVolatile(inner)]));
}

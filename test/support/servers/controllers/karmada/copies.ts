import type { ApiServer } from '../../api/api-server.ts';
import { copyOf, type JsonMap, listAt, mapAt, type SentObject, type StoredObject, textAt } from '../../api/object.ts';
import type { FakeCluster } from '../../world.ts';
import { canCreateIn } from '../controller.ts';
import { patched } from '../json-patch.ts';
import { policiesOf, selects } from './bindings.ts';

const managed = 'karmada.io/managed';

/** A cluster that has joined. */
export interface Member {
  readonly name: string;
  readonly found: FakeCluster;
}

/** Deletes the copy of an object, or only forgets it. */
export function leave({ server }: FakeCluster, resource: JsonMap, keeps: boolean): void {
  const kind = server.kinds.ofObject({ apiVersion: textAt(resource, 'apiVersion'), kind: textAt(resource, 'kind') });
  if (kind === undefined) return;
  const place = { kind, name: textAt(resource, 'name'), namespace: textAt(resource, 'namespace') || null };
  const copy = server.find(place);
  if (copy?.metadata.labels?.[managed] !== 'true') return;
  const forget = (one: StoredObject): void => {
    delete one.metadata.labels?.[managed];
  };
  if (keeps) server.patch(place, forget, { manager: 'karmada' });
  else if (copy.metadata.deletionTimestamp === undefined) server.delete(place);
}

/** Makes the copy of an object in a cluster. Returns whether it could. */
export function bring(server: ApiServer, { name, found }: Member, object: StoredObject): boolean {
  const wanted = copyFor(server, name, object);
  const isServed = found.server.kinds.ofObject(object) !== undefined;
  if (!isServed || wanted === null || !canCreateIn(found.server, object.metadata.namespace ?? null)) return false;
  const former = found.server.find(found.server.placeOf(wanted));
  if (former?.metadata.deletionTimestamp !== undefined) return false;
  found.server.apply(wanted, { manager: 'karmada', force: true });
  return true;
}

function copyFor(server: ApiServer, cluster: string, object: StoredObject): SentObject | null {
  const { status: _, metadata: __, ...content } = copyOf(object);
  const { name, namespace, labels = {}, annotations = {} } = object.metadata;
  const place = { name, ...(namespace === undefined ? {} : { namespace }) };
  const rules = policiesOf(server, 'OverridePolicy')
    .filter((policy) => selects(policy, object))
    .flatMap((policy) => listAt(policy, 'spec', 'overrideRules'));
  const operations = rules
    .filter((rule) => listAt(rule, 'targetCluster', 'clusterNames').includes(cluster))
    .flatMap((rule) => listAt(rule, 'overriders', 'plaintext'));
  const made = patched({ ...content, metadata: { ...place, labels, annotations } }, operations);
  if (made === null) return null;
  const { clusterIP: ___, ...spec } = mapAt(made, 'spec');
  const marked = { ...mapAt(made, 'metadata', 'labels'), [managed]: 'true' };
  return {
    ...made,
    ...(made.spec === undefined ? {} : { spec: object.kind === 'Namespace' ? {} : spec }),
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...mapAt(made, 'metadata'), ...place, labels: marked },
  };
}

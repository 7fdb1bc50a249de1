import { isMap, type JsonMap } from '../object.ts';
import { type Field, type FieldPath, textOfPath } from './field-paths.ts';

// Lists whose items Kubernetes merges one by one, with the keys that name an item. All others are one value.
const keysOfLists: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  conditions: ['type'],
  webhooks: ['name'],
  volumeMounts: ['mountPath'],
  ownerReferences: ['uid'],
  hostAliases: ['ip'],
};

// Maps that Kubernetes takes as one value.
const atomicMaps = ['selector', 'nodeSelector', 'matchLabels', 'secretRef', 'configMapKeyRef', 'fieldRef'];

// The server sets these itself, and nobody owns them.
const ownedByServer = ['apiVersion', 'kind'];
const metadataOfServer = [
  ...['name', 'namespace', 'uid', 'resourceVersion', 'generation'],
  ...['creationTimestamp', 'deletionTimestamp', 'managedFields'],
];

/** The fields of an object that somebody may own, each with its value. */
export function fieldsOf(object: JsonMap, { isBuiltIn }: { readonly isBuiltIn: boolean }): Map<string, Field> {
  const found = new Map<string, Field>();
  const add = (field: Field): void => {
    found.set(textOfPath(field.path), field);
  };
  for (const [key, value] of Object.entries(object)) {
    if (ownedByServer.includes(key) || value === undefined) continue;
    if (key !== 'metadata') visit([{ field: key }], value, { isBuiltIn, add });
    else visitMetadata(isMap(value) ? value : {}, { isBuiltIn, add });
  }
  return found;
}

interface Visiting {
  readonly isBuiltIn: boolean;
  readonly add: (field: Field) => void;
}

function visitMetadata(metadata: JsonMap, visiting: Visiting): void {
  for (const [name, value] of Object.entries(metadata))
    if (!metadataOfServer.includes(name) && value !== undefined)
      visit([{ field: 'metadata' }, { field: name }], value, visiting);
}

function visit(path: FieldPath, value: unknown, visiting: Visiting): void {
  if (isMap(value) && isGranular(path, value, visiting))
    for (const [key, inner] of Object.entries(value)) visit([...path, { field: key }], inner, visiting);
  else if (Array.isArray(value) && value.length > 0 && lastOf(path) === 'finalizers')
    for (const item of value) visiting.add({ path: [...path, { value: item }], value: item });
  else if (Array.isArray(value) && visiting.isBuiltIn && keysOf(path, value[0]) !== null)
    for (const item of value) visitItem(path, item, visiting);
  else visiting.add({ path, value });
}

const isGranular = (path: FieldPath, value: JsonMap, { isBuiltIn }: Visiting): boolean =>
  Object.keys(value).length > 0 && !(isBuiltIn && atomicMaps.includes(lastOf(path)));

function visitItem(path: FieldPath, item: unknown, visiting: Visiting): void {
  if (!isMap(item)) return;
  const keys = keysOf(path, item) ?? [];
  visit([...path, { keys: Object.fromEntries(keys.map((key) => [key, item[key] ?? 'TCP'])) }], item, visiting);
}

function lastOf(path: FieldPath): string {
  const last = path.at(-1);
  return last !== undefined && 'field' in last ? last.field : '';
}

function keysOf(path: FieldPath, item: unknown): readonly string[] | null {
  if (!isMap(item)) return null;
  const name = lastOf(path);
  if (name === 'ports') return 'containerPort' in item ? ['containerPort', 'protocol'] : ['port', 'protocol'];
  return keysOfLists[name] ?? null;
}

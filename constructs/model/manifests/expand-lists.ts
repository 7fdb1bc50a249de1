import { isMapping, type Mapping } from '../../domain/json/mapping.ts';
import type { YamlDocument } from '../documents/yaml-source.ts';

/** One object of a manifest file, as written. `value` is any YAML value. */
export interface RawManifest {
  readonly value: unknown;
  readonly document: YamlDocument;
  /** Where the object begins in its document: `[]`, or `['items', 2]` inside a List. */
  readonly path: readonly (string | number)[];
}

/**
 * The objects of a document: those of a List, of a list of one kind (`RoleList`), and of lists inside lists. A document
 * without content, for example after a trailing `---`, has none, as for kubectl.
 */
export function expandLists(document: YamlDocument): readonly RawManifest[] {
  const { value } = document;
  return value === null || value === undefined ? [] : expand({ value, document, path: [] });
}

function expand(raw: RawManifest): readonly RawManifest[] {
  if (!isList(raw.value)) return [raw];
  const { apiVersion, kind, items } = raw.value;
  return (items ?? []).flatMap((item, index) =>
    expand({ ...raw, value: withKind(item, apiVersion, kind), path: [...raw.path, 'items', index] }),
  );
}

interface List {
  readonly apiVersion?: unknown;
  readonly kind: string;
  readonly items: readonly unknown[] | null;
}

// kustomize v5 (api/resource/factory.go, inlineAnyEmbeddedLists) takes the same documents for lists. A kind may be
// called `AllowList` and have no items.
function isList(value: unknown): value is List {
  if (!isMapping(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List')) return false;
  return value.items === null || Array.isArray(value.items);
}

// As kubectl does for an item that says neither (apimachinery, unstructured/helpers.go, decodeToList).
function withKind(item: unknown, apiVersion: unknown, listKind: string): unknown {
  const kind = listKind.replace(/List$/, '');
  if (!isMapping(item) || kind === '' || isSaid(item, 'apiVersion') || isSaid(item, 'kind')) return item;
  return { ...item, apiVersion, kind };
}

function isSaid(item: Mapping, key: string): boolean {
  return item[key] !== undefined && item[key] !== null && item[key] !== '';
}

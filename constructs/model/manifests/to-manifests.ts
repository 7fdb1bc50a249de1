import { groupBy } from '../../domain/group-by.ts';
import { configuresTheMesh } from '../../domain/istio/configuration-kinds.ts';
import { readByIstiod } from '../../domain/istio/gateway-api.ts';
import { isMapping, type Mapping } from '../../domain/json/mapping.ts';
import { type CustomKind, isDefinition, readCustomKind } from '../../domain/kubernetes/custom-kinds.ts';
import { groupOf, isNamespaced } from '../../domain/kubernetes/kinds.ts';
import type { RawManifest } from './expand-lists.ts';
import type { Manifest } from './manifest.ts';
import type { ManifestEntry, ManifestRead } from './read-manifests.ts';

const apiVersionPattern = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?v[0-9][a-z0-9]*$/;
const kindPattern = /^[A-Z][A-Za-z0-9]{0,62}$/;
// RBAC names may contain colons and capitals; all other names are DNS subdomains.
const namePattern = /^(?=.{1,253}$)[A-Za-z0-9]([\w.:-]*[A-Za-z0-9])?$/;

const matches = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);

/**
 * The reason why a document is not a Kubernetes object: the path of the offending part. Null if the document is one.
 */
export function findShapeFault(value: unknown): { readonly path: readonly string[]; readonly expected: string } | null {
  if (!isMapping(value)) return { path: [], expected: 'a Kubernetes object' };
  if (!matches(value.apiVersion, apiVersionPattern))
    return { path: ['apiVersion'], expected: 'an apiVersion, such as apps/v1' };
  if (!matches(value.kind, kindPattern)) return { path: ['kind'], expected: 'a kind, such as Deployment' };
  if (value.items !== undefined) {
    const fault = findItemsFault(value.kind, value.items);
    if (fault !== null) return { path: ['items'], expected: fault };
  }
  if (!isMapping(value.metadata)) return { path: ['metadata'], expected: 'metadata with a name' };
  if (!matches(value.metadata.name, namePattern))
    return { path: ['metadata', 'name'], expected: 'a name of 1 to 253 characters' };
  const { namespace } = value.metadata;
  if (namespace !== undefined && typeof namespace !== 'string')
    return { path: ['metadata', 'namespace'], expected: 'a namespace as a string' };
  return null;
}

// kubectl takes every object with a list of items for a list, whatever its kind is called (apimachinery,
// unstructured/helpers.go, detectList), and kustomize every kind that ends in List and has items.
function findItemsFault(kind: string, items: unknown): string | null {
  if (kind.endsWith('List')) return 'a list of objects as the items of a list';
  return Array.isArray(items)
    ? 'no list of items at the top of an object: kubectl takes its entries for objects'
    : null;
}

/** The objects that were read, without documents that are not objects: a rule reports these. */
export function toManifests(reads: readonly ManifestRead[]): readonly Manifest[] {
  const objects = reads.flatMap(({ workload, entry, outcome }) =>
    outcome.kind === 'read' ? outcome.manifests.flatMap((raw) => toObject(workload, entry, raw)) : [],
  );
  const scopes = new Map(customKindsOf(objects).map((one) => [`${one.group}/${one.kind}`, one.isNamespaced]));
  const ofGatewayApi = new Set(
    [...groupBy(objects, ({ workload }) => workload).values()].flatMap((inside) => [...readByIstiod(inside)]),
  );
  return objects.map((object) => ({
    ...object,
    configuresTheMesh: configuresTheMesh(object.group) || ofGatewayApi.has(object),
    isNamespaced: scopes.get(`${object.group}/${object.kind}`) ?? isNamespaced(object.kind),
  }));
}

/** The kinds that manifests of any workload add to the API. */
export function customKindsOf(
  manifests: readonly Pick<Manifest, 'apiVersion' | 'kind' | 'object'>[],
): readonly CustomKind[] {
  return manifests.filter(isDefinition).flatMap(({ object }) => {
    const read = readCustomKind(object);
    return 'path' in read ? [] : [read];
  });
}

type UnscopedManifest = Omit<Manifest, 'isNamespaced' | 'configuresTheMesh'>;

function toObject(workload: number, entry: ManifestEntry, raw: RawManifest): readonly UnscopedManifest[] {
  if (findShapeFault(raw.value) !== null) return [];
  // findShapeFault has just checked all of these.
  const object = raw.value as Mapping & {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
  };
  const { apiVersion, kind, metadata } = object;
  return [
    {
      workload,
      entry,
      apiVersion,
      group: groupOf(apiVersion),
      kind,
      name: metadata.name,
      namespace: metadata.namespace ?? null,
      object,
      raw,
    },
  ];
}

import { z } from 'zod';
import type { ObjectReference } from '../clusters/changes.ts';
import { fieldManager } from '../clusters/changes.ts';
import type { ObjectIdentity } from '../clusters/object-lists.ts';
import { apiVersionOf } from '../clusters/served-kinds.ts';
import { keyOf } from '../record/record-rows.ts';
import { failUntold, type Place } from './place.ts';
import { isWellFormed, resourceOf } from './resource.ts';

/** An object as a cluster has it. */
export interface FoundObject extends ObjectReference {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly type: string | null;
  readonly hasOwner: boolean;
  readonly isBeingDeleted: boolean;
  /** Whether the server remembers that we have applied it; or cannot, because there is nothing in it. */
  readonly isApplied: boolean;
}

const texts = z.record(z.string(), z.string()).nullish();

const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().nullish(),
  uid: z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]{0,63}$/),
  resourceVersion: z.string().regex(/^[0-9A-Za-z]{1,64}$/),
  labels: texts,
  annotations: texts,
  deletionTimestamp: z.string().nullish(),
  ownerReferences: z.array(z.unknown()).nullish(),
  managedFields: z.array(z.object({ manager: z.string().nullish(), operation: z.string().nullish() })).nullish(),
});
type Metadata = z.output<typeof metadataSchema>;

/** The form of an object of which only the metadata is read. */
export const foundSchema = z
  .looseObject({
    apiVersion: z.string().regex(/^[a-z0-9.-]+(\/[a-z0-9]+)?$/),
    kind: z.string(),
    type: z.string().nullish(),
    metadata: metadataSchema,
  })
  .transform((object): FoundObject => {
    const { apiVersion, kind, type, metadata } = object;
    return {
      group: apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '',
      kind,
      namespace: metadata.namespace ?? null,
      name: metadata.name,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      labels: metadata.labels ?? {},
      annotations: metadata.annotations ?? {},
      type: type ?? null,
      hasOwner: (metadata.ownerReferences ?? []).length > 0,
      isBeingDeleted: typeof metadata.deletionTimestamp === 'string',
      isApplied:
        isBare(object) ||
        (metadata.managedFields ?? []).some(
          ({ manager, operation }) => manager === fieldManager && operation === 'Apply',
        ),
    };
  });

/** The parts of an object that everybody's has. Before Kubernetes 1.24 a ServiceAccount gets a token, too. */
const ofEveryObject = new Set(['apiVersion', 'kind', 'type', 'metadata', 'secrets']);

// A ServiceAccount that has only a name. Servers remember who has set which field, and it has none: so nobody's name is there,
// and nothing is lost with it.
function isBare(object: Readonly<Record<string, unknown>> & { readonly metadata: Metadata }): boolean {
  const { labels, annotations, managedFields } = object.metadata;
  const isOfNobody = (managedFields ?? []).every(({ manager }) => manager === 'kube-controller-manager');
  const isEmpty = [labels, annotations].every((one) => Object.keys(one ?? {}).length === 0);
  return isOfNobody && isEmpty && Object.keys(object).every((key) => ofEveryObject.has(key));
}

/**
 * Looks up objects by one call. An object that is absent is left out, and so is one of a kind that the cluster does not
 * serve, or that is not what the reference says once the server has resolved it.
 */
export async function lookUp(place: Place, references: readonly ObjectReference[]): Promise<readonly FoundObject[]> {
  const wanted = new Set(references.map(keyOf));
  const identities = references.flatMap((reference) => identityOf(place, reference));
  if (identities.length === 0) return [];
  const answer = await place.cluster.kubectl.getMany(identities, foundSchema);
  if (answer.kind === 'absent') return [];
  const [first] = references;
  if (answer.kind === 'failed') failUntold(place, first === undefined ? 'an object' : resourceOf(first), answer.reason);
  return answer.value.filter((found) => wanted.has(keyOf(found)));
}

/** Looks up one object. */
export async function lookUpOne(place: Place, reference: ObjectReference): Promise<FoundObject | null> {
  return (await lookUp(place, [reference]))[0] ?? null;
}

function identityOf(place: Place, reference: ObjectReference): readonly ObjectIdentity[] {
  if (!isWellFormed(reference)) return [];
  const { group, kind, namespace, name } = reference;
  const served = place.kinds.find(group, kind);
  // A server that does not list all of its kinds may serve this one.
  if (served === null && !place.kinds.isComplete)
    failUntold(place, resourceOf(reference), 'it does not list all of its kinds');
  if (served === null || served.isNamespaced !== (namespace !== null)) return [];
  return [{ apiVersion: apiVersionOf(served), kind, namespace, name }];
}

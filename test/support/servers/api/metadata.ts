import { type Kind, resourceOf } from './kinds.ts';
import { isSame, type JsonMap, type StoredObject } from './object.ts';
import type { Entry } from './store.ts';

const withoutGeneration = ['', 'rbac.authorization.k8s.io', 'coordination.k8s.io', 'discovery.k8s.io'];

/** Whether the server counts the changes of such objects. */
export function hasGeneration({ group, plural }: Pick<Kind, 'group' | 'plural'>): boolean {
  return !withoutGeneration.includes(group) || resourceOf({ group, plural }) === 'pods';
}

/** Whether a kind is one of Kubernetes itself, whose lists it merges item by item. */
export function isBuiltIn({ group }: Pick<Kind, 'group'>): boolean {
  return group === '' || group.endsWith('.k8s.io') || !group.includes('.');
}

/** What the server has set, and keeps whatever somebody sends. */
export function keptMetadata({ metadata }: StoredObject): JsonMap {
  const { uid, resourceVersion, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation } =
    metadata;
  const all = { uid, resourceVersion, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Whether two objects differ in more than metadata and status: then the generation counts. */
export function isAnotherGeneration(one: StoredObject, other: StoredObject): boolean {
  const contentOf = ({ metadata: _, status: __, ...content }: StoredObject): JsonMap => ({
    ...content,
    apiVersion: '',
  });
  return !isSame(contentOf(one), contentOf(other));
}

/** Whether two objects are the same, in whatever version they were sent. */
export function isUnchanged(one: StoredObject, other: StoredObject): boolean {
  return isSame({ ...one, apiVersion: '' }, { ...other, apiVersion: '' });
}

/**
 * Whether an object stays after somebody has asked for its deletion. A namespace goes after its objects, and a
 * CustomResourceDefinition after the objects of its kind: controllers see to it.
 */
export function isHeld({ kind, object }: Entry): boolean {
  return ['Namespace', 'CustomResourceDefinition'].includes(kind.kind) || (object.metadata.finalizers ?? []).length > 0;
}

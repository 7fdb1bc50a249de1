import { shellWord } from '../../constructs/delivery/shell-word.ts';
import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import type { ObjectReference } from '../clusters/changes.ts';
import type { Cluster } from '../clusters/cluster.ts';

/** An object as kubectl names it: `deployment.apps/sleep`. */
export function resourceOf({ group, kind, name }: Omit<ObjectReference, 'namespace'>): string {
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}

const patterns = {
  group: /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$/,
  kind: /^[A-Za-z][A-Za-z0-9]{0,62}$/,
  // Names of RBAC may have colons.
  name: /^[a-z0-9A-Z]([-a-zA-Z0-9.:]{0,251}[a-zA-Z0-9])?$/,
};

/** Whether every part of a reference has the form that Kubernetes allows. A record may hold any text. */
export function isWellFormed({ group, kind, namespace, name }: ObjectReference): boolean {
  const isPlace = namespace === null || dnsLabelPattern.test(namespace);
  return isPlace && patterns.group.test(group) && patterns.kind.test(kind) && patterns.name.test(name);
}

/**
 * The command with which a user deletes an object that is left. Null if a part of the reference has another form than
 * Kubernetes allows: then nobody should copy it.
 */
export function deleteCommand({ context }: Pick<Cluster, 'context'>, reference: ObjectReference): string | null {
  if (!isWellFormed(reference)) return null;
  const place = reference.namespace === null ? '' : ` --namespace ${reference.namespace}`;
  return `kubectl --context ${shellWord(context)}${place} delete ${shellWord(resourceOf(reference))}`;
}

import { istioNamespace } from '../../constructs/domain/istio/namespaces.ts';
import type { ObjectReference } from '../clusters/changes.ts';
import { keyOf } from '../record/record-rows.ts';
import type { FoundObject } from './look-up.ts';
import type { Place } from './place.ts';
import { deleteCommand, resourceOf } from './resource.ts';

/** Namespaces without which no cluster works. */
const ofKubernetes = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/**
 * Why an object stays although our record lists it; null if it is ours. A record is a claim: the server's own memory of who
 * applied the object decides, and what another federation lists is not ours alone.
 */
export function whyLeft(place: Place, found: FoundObject): string | null {
  return whyKept(place, found) ?? (found.isApplied ? null : notRemembered);
}

/** Why an object stays that nobody remembers as ours. */
export const notRemembered = 'the cluster does not remember that we applied it';

/** Why nobody may delete an object for this federation, whoever created it. Null if nothing speaks against it. */
export function whyKept({ others }: Pick<Place, 'others'>, reference: ObjectReference): string | null {
  const { kind, namespace, name } = reference;
  if (kind === 'Namespace' && ofKubernetes.includes(name)) return 'it belongs to Kubernetes';
  // The records and the lock of every federation were applied by us, too.
  if (namespace === 'kube-system' && name.startsWith('mesh-federation')) return 'no record may list it';
  const key = keyOf(reference);
  const owner = others.find(({ objects }) => objects.some((object) => keyOf(object) === key));
  if (owner !== undefined) return `federation ${owner.federation} lists it, too`;
  const isOfIstio = namespace === istioNamespace || (kind === 'Namespace' && name === istioNamespace);
  return isOfIstio ? whyIstioStays({ others }) : null;
}

/** Why Istio, its gateways and its secrets stay in a cluster. Null if no other federation is there. */
export function whyIstioStays({ others }: Pick<Place, 'others'>): string | null {
  const names = others.map(({ federation }) => federation).join(', ');
  return names === '' ? null : `federation ${names} uses Istio here`;
}

/** Says that an object stays, and why. */
export function tellLeft(place: Place, reference: Omit<ObjectReference, 'namespace'>, why: string): void {
  place.tell(`left on ${place.cluster.name}: ${resourceOf(reference)}; ${why}`);
}

/** Says that an object stays, and how its owner deletes it. */
export function tellLeftToUser(place: Place, reference: ObjectReference, why: string): void {
  const command = deleteCommand(place.cluster, reference);
  tellLeft(place, reference, command === null ? why : `${why}: delete it yourself: ${command}`);
}

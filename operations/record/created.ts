import { z } from 'zod';
import type { BroughtObject } from '../../constructs/plan/steps/brought.ts';
import type { Step } from '../../constructs/plan/steps/step.ts';
import type { ObjectReference } from '../clusters/changes.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import { apiVersionOf, type ServedKinds } from '../clusters/served-kinds.ts';
import type { Output } from '../plan/output.ts';
import { currentObjects } from './coming-record.ts';
import { holdingKinds } from './holding-kinds.ts';
import type { ClusterRecord } from './record.ts';
import { istioDefinitions, keyOf } from './record-rows.ts';

/** The Secret that holds the CA of a cluster. */
export const cacertsSecret: ObjectReference = { group: '', kind: 'Secret', namespace: 'istio-system', name: 'cacerts' };

/**
 * The objects that an output creates in a cluster, of the kinds whose deletion deletes other people's objects, too.
 *
 * @param makesCacerts whether the run creates Secret cacerts in the clusters of the mesh
 */
export function createdBy(
  output: Output,
  cluster: Pick<Cluster, 'name' | 'isMember'>,
  makesCacerts: boolean,
): readonly ObjectReference[] {
  const own = currentObjects(output, cluster.name).filter(({ kind }) => holdingKinds.has(kind));
  const brought = output.plan.steps.flatMap((step) => broughtTo(cluster, step));
  const cacerts = makesCacerts && cluster.isMember ? [cacertsSecret] : [];
  const all = [...own.map(referenceTo), ...brought, ...cacerts];
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

function broughtTo({ name, isMember }: Pick<Cluster, 'name' | 'isMember'>, step: Step): readonly ObjectReference[] {
  const isHere = step.target.name === name;
  return step.brings.flatMap((one) => {
    if (one.brings === 'kinds')
      return isHere && step.undo !== null && one.group === '*.istio.io' ? istioDefinitions : [];
    return (one.isEverywhere ? isMember : isHere) ? referenceTo(one) : [];
  });
}

function referenceTo({ group, kind, namespace, name }: ObjectReference | BroughtObject): ObjectReference {
  return { group, kind, namespace, name };
}

/**
 * Adds those objects that do not exist yet to the record of a cluster. Existing ones are somebody else's, or recorded before.
 *
 * @throws Failure when the cluster does not tell: "I do not know" is not "no"
 */
export async function noteCreated(
  cluster: Cluster,
  record: ClusterRecord,
  candidates: readonly ObjectReference[],
): Promise<ClusterRecord> {
  const known = new Set(record.created.map(keyOf));
  const unknown = candidates.filter((one) => !known.has(keyOf(one)));
  if (unknown.length === 0) return record;
  const existing = new Set((await existingOf(cluster, unknown)).map(keyOf));
  return { ...record, created: [...record.created, ...unknown.filter((one) => !existing.has(keyOf(one)))] };
}

const foundSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
});

/** Those of some objects that a cluster has. */
export async function existingOf(
  cluster: Cluster,
  references: readonly ObjectReference[],
): Promise<readonly ObjectReference[]> {
  const kinds = await cluster.kinds.ofNow();
  if (kinds.kind !== 'found') throw untold(cluster, kinds.kind === 'failed' ? kinds.reason : 'it serves no kinds');
  const single = references.filter(({ name }) => name !== istioDefinitions.name);
  const asked = single.flatMap((reference) => identityIn(kinds.value, cluster, reference) ?? []);
  const found = await cluster.kubectl.getMany(asked, foundSchema);
  if (found.kind !== 'found') throw untold(cluster, found.kind === 'failed' ? found.reason : 'it does not answer');
  const istio = single.length < references.length && (await hasIstioDefinitions(cluster)) ? [istioDefinitions] : [];
  return [...found.value.map(referenceFrom), ...istio];
}

// A kind that is not served has no objects. Null then.
function identityIn(kinds: ServedKinds, cluster: Cluster, { group, kind, namespace, name }: ObjectReference) {
  const served = kinds.find(group, kind);
  if (served !== null) return { apiVersion: apiVersionOf(served), kind, namespace, name };
  if (!kinds.isComplete) throw untold(cluster, `one of its APIs does not answer, and may serve ${kind}`);
  return null;
}

async function hasIstioDefinitions(cluster: Cluster): Promise<boolean> {
  const query = { resource: 'customresourcedefinitions.apiextensions.k8s.io', name: null, namespace: null };
  const names = await cluster.kubectl.getNames(query);
  if (names.kind === 'failed') throw untold(cluster, names.reason);
  return names.kind === 'found' && names.value.some((name) => name.endsWith('.istio.io'));
}

function referenceFrom({ apiVersion, kind, metadata }: z.output<typeof foundSchema>): ObjectReference {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return { group, kind, namespace: metadata.namespace ?? null, name: metadata.name };
}

function untold({ name }: Cluster, reason: string): Failure {
  return new Failure({
    problem: `cannot tell what ${name} has already: ${reason}`,
    fix: 'run it again when the cluster answers',
  });
}

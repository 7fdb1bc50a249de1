import { z } from 'zod';
import { istioNamespace } from '../../../constructs/domain/istio/namespaces.ts';
import type { ObjectReference } from '../../clusters/changes.ts';
import { istioDefinitions } from '../../record/record-rows.ts';
import { deleteObjects } from '../../removal/delete.ts';
import { listObjects } from '../../removal/list-objects.ts';
import { lookUp } from '../../removal/look-up.ts';
import { failUntold, type Place } from '../../removal/place.ts';
import { removeDefinitions } from './remove-definitions.ts';

/** The ConfigMaps that istiod writes into every namespace. */
const everywhere = ['istio-ca-root-cert', 'istio-ca-crl'];

/** The locks by which istiod's replicas elect a leader (1.31, pilot/pkg/leaderelection). */
const locks =
  /^istio-((.*-)?(leader|election)|gateway-deployment|gateway-inferencepool|ip-autoallocate|node-untaint)(-default)?$/;

/**
 * Deletes the objects that istiod writes while it runs, and Istio's definitions. Another istiod in the cluster would need
 * them.
 */
export async function removeRestOfIstio(place: Place): Promise<void> {
  const istiods = { resource: 'deployments.apps', namespace: null, isEverywhere: true, selector: 'app=istiod' };
  if ((await listObjects(place, istiods)).length > 0)
    return place.tell(`left on ${place.cluster.name}: Istio's CustomResourceDefinitions: another istiod uses them`);
  await deleteObjects(
    place,
    await lookUp(place, (await Promise.all(everywhere.map((name) => namedIn(place, name)))).flat()),
  );
  const written = await listObjects(place, {
    resource: 'configmaps,leases.coordination.k8s.io',
    namespace: istioNamespace,
  });
  await deleteObjects(
    place,
    written.filter(({ name }) => locks.test(name)),
  );
  // The Sail operator's own definition is not among them.
  const definitions = (await definitionsOf(place)).filter((name) => name.endsWith('.istio.io'));
  await removeDefinitions(place, definitions, () => null);
}

const namesSchema = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string(), namespace: z.string() }) })),
});

// The ConfigMaps of a name in all namespaces.
async function namedIn(place: Place, name: string): Promise<readonly ObjectReference[]> {
  const path = `/api/v1/configmaps?fieldSelector=metadata.name%3D${name}`;
  const answer = await place.cluster.kubectl.getRaw(path, namesSchema);
  if (answer.kind === 'failed') failUntold(place, `ConfigMaps ${name}`, answer.reason);
  const items = answer.kind === 'found' ? answer.value.items : [];
  // Nobody knows whether the server has read the selector.
  const named = items.filter(({ metadata }) => metadata.name === name);
  return named.map(({ metadata }) => ({ group: '', kind: 'ConfigMap', ...metadata }));
}

async function definitionsOf(place: Place): Promise<readonly string[]> {
  const resource = `customresourcedefinitions.${istioDefinitions.group}`;
  const answer = await place.cluster.kubectl.getNames({ resource, name: null, namespace: null });
  if (answer.kind === 'failed') failUntold(place, "Istio's CustomResourceDefinitions", answer.reason);
  return answer.kind === 'found' ? answer.value : [];
}

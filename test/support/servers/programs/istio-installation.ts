import type { SentObject } from '../api/object.ts';
import { objectIn } from '../controllers/controller.ts';
import { istioNamespace, runningIstiod } from '../controllers/istio.ts';
import { titleOf } from '../kubectl/command.ts';
import { failing, type Said, saying } from '../kubectl/said.ts';
import type { FakeCluster } from '../world.ts';
import { istioDefinitions } from './charts/istio-definitions.ts';
import { type Installation, isOfInstallation, istioObjects } from './charts/istio-objects.ts';
import type { ProgramAround } from './program.ts';

/** `istioctl install` */
export function install(cluster: FakeCluster, installation: Installation, around: ProgramAround): Said {
  const { server } = cluster;
  const manager = 'istio-operator';
  const namespace: SentObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: istioNamespace } };
  if (server.find(server.placeOf(namespace)) === undefined) server.create(namespace, { manager });
  for (const object of [...istioDefinitions(), ...istioObjects(installation)])
    around.note(titleOf(server.placeOf(server.apply(object, { manager, force: true }))));
  around.settle();
  const isThere = objectIn(server, 'deployments.apps', istioNamespace, 'istiod') !== undefined;
  const isReady = installation.isRemote || (isThere && runningIstiod(cluster) !== undefined);
  return isReady ? saying('✔ Istio core installed\n✔ Installation complete\n') : failing(notReady);
}

const notReady =
  'Error: failed to install manifests: errors occurred during operation: Deployment/istio-system/istiod not ready (timed out waiting for the condition)';

// istioctl leaves what several installations share: webhooks, roles, Services, ServiceAccounts and the definitions.
const removed = ['Deployment', 'ConfigMap', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Endpoints'];

/** `istioctl uninstall` */
export function uninstall({ server }: FakeCluster, around: ProgramAround): Said {
  for (const { kind, object } of server.entries) {
    if (!removed.includes(kind.kind) || !isOfInstallation(object)) continue;
    const place = server.placeOf(object);
    around.note(titleOf(place));
    server.delete(place);
  }
  return saying('✔ Uninstall complete\n');
}

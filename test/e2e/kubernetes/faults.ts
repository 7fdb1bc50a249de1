import { placeOf } from '../clusters/place.ts';
import { type Cluster, environment } from '../environment.ts';
import { processesInPods } from '../machine/cgroups.ts';
import { isAlive } from '../machine/journal.ts';
import { setConnected } from '../machine/network.ts';
import { start, startedServer, stop } from '../machine/servers.ts';
import { until } from '../machine/wait.ts';
import { cluster as clusterRow } from '../tables/clusters.ts';
import { SERVERS } from '../tables/servers.ts';
import { get, kubectl, rolledOut } from './kubectl.ts';

/** Scales a Deployment to zero and waits until its pods are gone: an app or a gateway that is down. */
export async function stopDeployment(cluster: Cluster, namespace: string, deployment: string): Promise<void> {
  await kubectl(cluster, ['scale', `deployment/${deployment}`, `--namespace=${namespace}`, '--replicas=0']);
  await until(`${cluster.name}: no pod of ${deployment} is left`, 60, async () => {
    const pods = await get<{ items: { metadata: { ownerReferences?: { name: string }[] } }[] }>(cluster, [
      'pods',
      `--namespace=${namespace}`,
    ]);
    const left = pods.items.filter((pod) =>
      pod.metadata.ownerReferences?.some((owner) => owner.name.startsWith(`${deployment}-`)),
    );
    return left.length === 0 ? true : undefined;
  });
}

/** Scales a Deployment to one pod and waits until the pod is ready. */
export async function startDeployment(cluster: Cluster, namespace: string, deployment: string): Promise<void> {
  await kubectl(cluster, ['scale', `deployment/${deployment}`, `--namespace=${namespace}`, '--replicas=1']);
  await rolledOut(cluster, namespace, deployment);
}

/** Stops the API server of a cluster. Its workloads keep running. */
export async function stopApiServer(cluster: Cluster): Promise<void> {
  needOwnMachine('stopping an API server');
  await stop(startedServer(cluster.name, 'kube-apiserver'));
}

/** Starts the API server again and waits until it serves. */
export async function startApiServer(cluster: Cluster): Promise<void> {
  await startAgain(cluster, 'kube-apiserver');
}

/** Ends a node at once, like a power failure: kubelet, container runtime, and every process of every pod. */
export async function stopNode(cluster: Cluster): Promise<void> {
  needOwnMachine('stopping a node');
  await stop(startedServer(cluster.name, 'kubelet'));
  await stop(startedServer(cluster.name, 'containerd'));
  for (let ids = processesInPods(cluster.name); ids.length > 0; ids = processesInPods(cluster.name)) {
    for (const id of ids) process.kill(id, 'SIGKILL');
    await until('they have ended', 5, async () =>
      ids.some((id) => processesInPods(cluster.name).includes(id)) ? undefined : true,
    );
  }
}

/** Starts the node again and waits until it is Ready. */
export async function startNode(cluster: Cluster): Promise<void> {
  await startAgain(cluster, 'containerd');
  await startAgain(cluster, 'kubelet');
}

/** Disconnects a cluster from the others, without any notice. Its own pods still reach each other. */
export async function cutOff(cluster: Cluster): Promise<void> {
  needOwnMachine('cutting a cluster off');
  await setConnected(clusterRow(cluster.name), false);
}

/** Connects a cluster again. */
export async function connect(cluster: Cluster): Promise<void> {
  await setConnected(clusterRow(cluster.name), true);
}

async function startAgain(cluster: Cluster, program: string): Promise<void> {
  needOwnMachine(`starting ${program}`);
  let server = start(startedServer(cluster.name, program));
  const row = SERVERS.find((one) => one.name === program);
  if (row === undefined) throw new Error(`no ${program} in the table of servers`);
  const place = placeOf(clusterRow(cluster.name));
  await until(`${program} of ${cluster.name} serves again`, 60, async () => {
    // Like a service manager: kubelet gives up if the container runtime is not ready yet.
    if (!isAlive(server)) server = start(server);
    return (await row.isReady(place)) ? true : undefined;
  });
}

function needOwnMachine(what: string): void {
  if (environment().form === 'existing')
    throw new Error(`${what} needs clusters of this runner's own, not --existing ones`);
}

import type { Cluster, Synthesized } from '../environment.ts';
import { groupOf, identityOf, type KubeObject } from '../kubernetes/documents.ts';
import { findAll, kubectl, rolledOut } from '../kubernetes/kubectl.ts';
import { untilEstablished } from '../machine/established.ts';
import { until } from '../machine/wait.ts';
import { istioctl } from '../mesh/istioctl.ts';
import { everywhere, membersServe, placementsIn } from '../suites/karmada/bindings.ts';
import { FEDERATION } from '../tables/clusters.ts';
import { objectsOf } from './apply.ts';
import { clusterFor, type Step } from './output.ts';

type Gate = (cluster: Cluster, step: Step, output: Synthesized) => Promise<void>;

/** The meaning of the gates in the plan's column `wait` on live clusters, for suites that take steps themselves. */
const GATES: Readonly<Record<string, Gate>> = {
  'types-enabled': async (cluster, step, output) => {
    const objects = objectsOf(output, step);
    const definitions = definitionsAmong(objects);
    await established(cluster, definitions);
    if (step.cluster === FEDERATION.name) await membersServe(cluster, definitions);
    await typesEnabled(
      cluster,
      objects.filter((one) => one.kind === 'FederatedTypeConfig'),
    );
  },
  propagated: async (cluster, step, output) => {
    const objects = objectsOf(output, step);
    if (step.cluster === FEDERATION.name) await everywhere(cluster, placementsIn(objects));
    await propagated(
      cluster,
      objects.filter((one) => groupOf(one) === 'types.kubefed.io'),
    );
  },
  'rolled-out': async (cluster, step, output) => {
    const deployments = objectsOf(output, step).filter((one) => one.kind === 'Deployment');
    for (const { metadata } of deployments) await rolledOut(cluster, metadata.namespace ?? 'default', metadata.name);
  },
};

/** Waits for the gate of a step. If it does not open, the error names the gate and the reason. */
export async function hold(output: Synthesized, step: Step): Promise<void> {
  if (step.wait === '') return;
  const gate = GATES[step.wait];
  if (gate === undefined) throw new Error(`no gate ${step.wait}; there are ${Object.keys(GATES).join(', ')}`);
  await gate(clusterFor(output, step.cluster), step, output);
}

/** The CustomResourceDefinitions among objects. */
export function definitionsAmong(objects: readonly KubeObject[]): KubeObject[] {
  return objects.filter((one) => one.kind === 'CustomResourceDefinition');
}

/** Waits until a cluster serves the kinds of CustomResourceDefinitions. */
export async function established(cluster: Cluster, definitions: readonly KubeObject[]): Promise<void> {
  const names = definitions.map((one) => `customresourcedefinition/${one.metadata.name}`);
  if (names.length > 0) await untilEstablished((words) => kubectl(cluster, words), names);
}

/** Waits until the istiod of a cluster has read another cluster's API server once. */
export async function registrySynced(reader: Cluster, istioCluster: string): Promise<void> {
  await until(`${reader.name}: istiod has synced ${istioCluster}`, 60, async () => {
    const lines = (await istioctl(reader, ['remote-clusters'])).split('\n');
    const line = lines.find((one) => one.startsWith(`${istioCluster} `));
    if (line?.includes(' synced')) return line;
    throw new Error(lines.join('\n'));
  });
}

/** Waits until KubeFed reports that all clusters of these objects have their current state. */
export async function propagated(host: Cluster, objects: readonly KubeObject[]): Promise<void> {
  await until(`${objects.length} federated objects are propagated`, 60, async () => {
    const found = (await findAll(host, objects)) as Propagating[];
    const waiting = found.filter((one) => !isPropagated(one)).map((one) => [identityOf(one), one.status]);
    if (found.length === objects.length && waiting.length === 0) return true;
    throw new Error(`${found.length} are there; of these are not propagated: ${JSON.stringify(waiting)}`);
  });
}

type Propagating = KubeObject & {
  readonly metadata: { readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
};

function isPropagated({ metadata, status }: Propagating): boolean {
  const { observedGeneration = metadata.generation, conditions = [] } = status ?? {};
  const isDone = conditions.some((one) => one.type === 'Propagation' && one.status === 'True');
  return isDone && observedGeneration === metadata.generation;
}

async function typesEnabled(host: Cluster, types: readonly KubeObject[]): Promise<void> {
  await until(`KubeFed watches ${types.length} kinds`, 60, async () => {
    const found = (await findAll(host, types)) as (KubeObject & { status?: { propagationController?: string } })[];
    const waiting = found.filter((one) => one.status?.propagationController !== 'Running').map(identityOf);
    if (found.length === types.length && waiting.length === 0) return true;
    throw new Error(`${found.length} are there; of these are not watched: ${waiting.join(', ')}`);
  });
}

import { expect, test } from 'vitest';
import type { Cluster, Synthesized } from '../../environment.ts';
import { identityOf, type KubeObject } from '../../kubernetes/documents.ts';
import { findAll, gone, kubectl } from '../../kubernetes/kubectl.ts';
import { applyStep, filesOf, objectsOf } from '../../product/apply.ts';
import { hold } from '../../product/gates.ts';
import { clusterFor, type Step } from '../../product/output.ts';
import { applyAll, forbidPods, workloadSteps } from './deliver.ts';
import { describeEffective, isOfTheMesh } from './effective.ts';

// A patch replaces a disruption budget's selector and a StatefulSet's claims as a whole, so kubectl sends them again
// without the defaults. The server sees no difference.
const UNCHANGED = / unchanged$|^(poddisruptionbudget\.policy|statefulset\.apps)\/\S+ configured$/;

/**
 * Tests that an output of engine `plain` becomes what its files contain, and stays so. Afterwards it is removed from
 * the clusters.
 */
export function describePlain(output: Synthesized, clusters: readonly Cluster[]): void {
  const steps = workloadSteps(output);
  const workloads = steps.filter((step) => step.wave === '70-workloads');
  const namespacesIn = (cluster: Cluster) =>
    steps
      .filter((step) => step.wave === '10-foundation' && clusterFor(output, step.cluster).name === cluster.name)
      .flatMap((step) => objectsOf(output, step).filter((one) => !isOfTheMesh(one)));
  const objectsIn = (cluster: Cluster) =>
    workloads
      .filter((step) => clusterFor(output, step.cluster).name === cluster.name)
      .flatMap((step) => objectsOf(output, step));

  test('every object is accepted, field by field, in the order of the plan', async () => {
    const isAfterNamespaces = (step: Step) => workloads.includes(step);
    for (const step of steps.filter((one) => one.wave === '05-federation-control-plane')) {
      await applyStep(output, step);
      await hold(output, step);
    }
    for (const cluster of clusters) {
      const namespaces = namespacesIn(cluster);
      await applyAll(cluster, namespaces);
      for (const { metadata } of namespaces) await forbidPods(cluster, metadata.name);
    }
    for (const step of steps.filter(isAfterNamespaces)) {
      expect(await applyStep(output, step), step.path).toHaveLength(objectsOf(output, step).length);
    }
  });

  describeEffective(
    clusters.map((cluster) => ({ cluster, objects: [...namespacesIn(cluster), ...objectsIn(cluster)] })),
  );

  test('the second time nothing changes', async () => {
    const before = await Promise.all(clusters.map((cluster) => generationsOf(cluster, objectsIn(cluster))));
    for (const step of workloads) {
      // Requesting the server's whole schema takes seconds, and built-in types know how lists merge.
      for (const line of await applyStep(output, step, ['--openapi-patch=false'])) expect(line).toMatch(UNCHANGED);
    }
    const after = await Promise.all(clusters.map((cluster) => generationsOf(cluster, objectsIn(cluster))));
    expect(after).toEqual(before);
  });

  test('it can be deleted again', async () => {
    for (const step of [...steps].reverse().filter((one) => one.wave !== '10-foundation')) {
      const how = ['--ignore-not-found', '--wait=false'];
      await kubectl(clusterFor(output, step.cluster), ['delete', filesOf(output, step), ...how]);
    }
    for (const cluster of clusters) {
      for (const { metadata } of namespacesIn(cluster)) {
        await kubectl(cluster, ['delete', 'namespace', metadata.name, '--wait=false']);
      }
    }
  });
}

// Not the resource versions, since the status of the objects changes by itself.
async function generationsOf(cluster: Cluster, objects: readonly KubeObject[]): Promise<unknown[]> {
  const found = (await findAll(cluster, objects)) as (KubeObject & { metadata: { generation?: number } })[];
  return found.map((one) => [identityOf(one), one.metadata.generation]);
}

/** Waits until nothing is left of an output whose removal has begun. */
export async function removed(output: Synthesized): Promise<void> {
  for (const step of workloadSteps(output)) {
    const cluster = clusterFor(output, step.cluster);
    const lasting = objectsOf(output, step).filter((one) => !isOfTheMesh(one) && one.metadata.namespace === undefined);
    for (const { kind, metadata } of lasting) await gone(cluster, [`${kind}/${metadata.name}`]);
  }
}

import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentsIn, type KubeObject } from '../../ground/documents.ts';
import { propagated } from '../../ground/gates.ts';
import { clusterNamed, ground } from '../../ground/ground.ts';
import { apply, find, get, kubectl } from '../../ground/kubectl.ts';
import { federationNameOf, stepsOf } from '../../ground/output.ts';
import { until } from '../../machine/wait.ts';
import { at, expectedIn, type Federated } from './effective.ts';
import { ensureFederation, type Member } from './kubefed.ts';

const DECLARATION = 'examples/tutorial.yaml';

describe(`KubeFed makes of ${DECLARATION} what it says`, () => {
  const host = clusterNamed('host');
  const output = ground().synthesized.find((one) => one.declaration === DECLARATION);
  if (output === undefined) throw new Error(`there is no ${DECLARATION}`);
  const members: Member[] = [host, clusterNamed('member')].map((cluster) => ({
    name: federationNameOf(output, cluster.name),
    cluster,
  }));
  const applied = workloadObjects();
  const federated = applied.filter((one) => one.kind.startsWith('Federated')) as unknown as Federated[];

  // What the plan gives the host, without what belongs to istio-system: the mesh of another suite may live there.
  function workloadObjects(): KubeObject[] {
    if (output === undefined) return [];
    const steps = stepsOf(output).filter((step) => step.cluster === 'host' && step.action === 'apply');
    const objects = steps.flatMap((step) => documentsIn(join(output.directory, step.path)));
    const namespaces = objects.filter((one) => one.kind === 'FederatedDeployment').map((one) => one.metadata.namespace);
    const isOurs = (one: KubeObject) =>
      namespaces.includes(one.kind === 'Namespace' ? one.metadata.name : one.metadata.namespace);
    return objects.filter((one) => isOurs(one) && (one.kind === 'Namespace' || one.kind.startsWith('Federated')));
  }

  const placed = (object: Federated) =>
    members.filter((member) => object.spec.placement.clusters?.some((one) => one.name === member.name));
  const target = (object: Federated) =>
    object.kind === 'FederatedNamespace'
      ? [`namespace/${object.metadata.name}`]
      : [`${object.kind.replace('Federated', '')}/${object.metadata.name}`, `--namespace=${object.metadata.namespace}`];

  beforeAll(() => ensureFederation(host, members));

  test('the output has a FederatedNamespace and a FederatedDeployment with overrides', () => {
    expect(federated.map((one) => one.kind)).toEqual(
      expect.arrayContaining(['FederatedNamespace', 'FederatedDeployment']),
    );
    expect(federated.flatMap((one) => one.spec.overrides ?? [])).not.toEqual([]);
  });

  test('the host accepts them', async () => {
    for (const object of applied) await apply(host, JSON.stringify(object));
  });

  test.each(federated)('$kind $metadata.name propagates', (object) =>
    propagated(host, object as unknown as KubeObject),
  );

  test.each(federated)(
    "$kind $metadata.name is in every placed cluster, with that cluster's overrides",
    async (object) => {
      expect(placed(object)).not.toEqual([]);
      for (const { name, cluster } of placed(object)) {
        const found = await get<object>(cluster, target(object));
        for (const { path, value } of expectedIn(object, name)) {
          expect(at(found, path), `${cluster.name}: ${path} of ${object.kind} ${object.metadata.name}`).toEqual(value);
        }
      }
    },
  );

  test("the namespace has the template's labels in every cluster", async () => {
    for (const object of federated.filter((one) => one.kind === 'FederatedNamespace')) {
      const labels = at(object.spec.template, '/metadata/labels');
      expect(Object.keys(labels ?? {})).not.toEqual([]);
      for (const { cluster } of placed(object)) {
        expect(at(await get<object>(cluster, target(object)), '/metadata/labels'), cluster.name).toMatchObject(
          labels as object,
        );
      }
    }
  });

  const deployment = federated.find((one) => one.kind === 'FederatedDeployment');
  const member = members[1];
  if (deployment === undefined || member === undefined) throw new Error('the output has no FederatedDeployment');
  const replicas = () =>
    get<{ spec: { replicas: number } }>(member.cluster, target(deployment)).then((one) => one.spec.replicas);

  test('a Deployment that is scaled by hand in the member is scaled back', async () => {
    const before = await replicas();
    await kubectl(member.cluster, ['scale', ...target(deployment), `--replicas=${before + 2}`]);
    await until('KubeFed scales it back', 60, async () => ((await replicas()) === before ? true : undefined));
  });

  test('a Deployment that is deleted in the member comes back, overrides and all', async () => {
    const before = await find<{ metadata: { uid: string } }>(member.cluster, target(deployment));
    await kubectl(member.cluster, ['delete', ...target(deployment)]);
    const found = await until('KubeFed makes it again', 60, async () => {
      const now = await find<{ metadata: { uid: string } }>(member.cluster, target(deployment));
      return now?.metadata.uid === before?.metadata.uid ? undefined : now;
    });
    for (const { path, value } of expectedIn(deployment, member.name)) expect(at(found, path), path).toEqual(value);
  });
});

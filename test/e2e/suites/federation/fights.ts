import { beforeAll, expect, test } from 'vitest';
import type { Cluster } from '../../environment.ts';
import { find, get, kubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { applyAll } from './deliver.ts';
import { federated, type Status, said } from './federated.ts';
import type { Member } from './kubefed.ts';
import { deployment, NAMESPACE, type Override } from './mistake.ts';

/**
 * Tests mistakes whose effects take time: two writers that overwrite each other, a change that never arrives, an object
 * that is never removed.
 */
export function describeFights(host: Cluster, members: readonly Member[]): void {
  const member = members.find(({ cluster }) => cluster !== host)?.cluster ?? host;
  const idle = { ...deployment, spec: { ...deployment.spec, replicas: 0 } };
  const row = (name: string, overrides: readonly Override[]) =>
    federated({ name, namespace: NAMESPACE, kind: 'Deployment', template: idle, overrides }, members);
  const where = `--namespace=${NAMESPACE}`;
  const version = async (name: string) => {
    const { metadata } = await get<{ metadata: { resourceVersion: string } }>(member, [`deployment/${name}`, where]);
    return metadata.resourceVersion;
  };
  const selector = (version: string) => [
    { path: '/spec/selector/matchLabels/app', value: version },
    { path: '/spec/template/metadata/labels/app', value: version },
  ];
  const statusOf = async (kind: string, name: string) => {
    const found = await get<{ status?: Status }>(host, [`${kind}.types.kubefed.io/${name}`, where]);
    return said(found.status, members);
  };
  const everywhere = { host: 'OK', member: 'OK', reason: undefined };
  let before: readonly string[] = [];

  beforeAll(async () => {
    const annotated = [{ path: '/metadata/annotations', op: 'add', value: { note: 'ours' } }];
    await applyAll(host, [row('fought-over', annotated), row('in-peace', []), row('selecting', selector('one'))]);
    for (const name of ['fought-over', 'in-peace', 'selecting']) {
      await until(`${name} is in both`, 30, async () => {
        expect(await statusOf('FederatedDeployment', name)).toEqual(everywhere);
        return true;
      });
    }
    before = [await version('fought-over'), await version('in-peace')];
  });

  test('override-changes-a-selector: a later change of a selector fails in that cluster', async () => {
    await applyAll(host, [row('selecting', selector('two'))]);
    await until('KubeFed says so', 60, async () => {
      const expected = { host: 'OK', member: 'UpdateFailed', reason: 'CheckClusters' };
      expect(await statusOf('FederatedDeployment', 'selecting')).toEqual(expected);
      return true;
    });
  });

  test('override-keeps-annotations: KubeFed and a controller overwrite the annotations of a Deployment endlessly', async () => {
    const [fought, peaceful] = before;
    await until('it is written again', 60, async () => ((await version('fought-over')) === fought ? undefined : true));
    expect(await version('in-peace')).toBe(peaceful);
  });

  test('override-path-is-allowed: an object with a finalizer of an override is never removed', async () => {
    const federatedObject = ['FederatedConfigMap.types.kubefed.io/finalized', where];
    const object = ['configmap/finalized', where];
    await kubectl(host, ['delete', ...federatedObject, '--wait=false']);
    await until('KubeFed has tried to delete it', 60, async () => {
      const { metadata } = await get<{ metadata: { deletionTimestamp?: string } }>(member, object);
      return metadata.deletionTimestamp;
    });
    expect(await find(host, federatedObject)).toBeDefined();
    await kubectl(member, ['patch', ...object, '--type=merge', '--patch={"metadata":{"finalizers":null}}']);
    await until('it is removed', 60, async () => ((await find(member, object)) === undefined ? true : undefined));
  });
}

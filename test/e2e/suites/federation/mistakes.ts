import { beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../../environment.ts';
import type { KubeObject } from '../../kubernetes/documents.ts';
import { apply, find, get, kubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { propagated } from '../../product/gates.ts';
import { applyAll, forbidPods } from './deliver.ts';
import { federated, type Status, said } from './federated.ts';
import type { Member } from './kubefed.ts';
import { ELSEWHERE, NAMESPACE, type Outcome, UNFEDERATED } from './mistake.ts';
import { OVERRIDE_MISTAKES } from './override-mistakes.ts';
import { PATH_MISTAKES } from './path-mistakes.ts';
import { TEMPLATE_MISTAKES } from './template-mistakes.ts';

const MISTAKES = [...PATH_MISTAKES, ...OVERRIDE_MISTAKES, ...TEMPLATE_MISTAKES].map((row, index) => ({
  name: `mistake-${index + 1}`,
  namespace: NAMESPACE,
  kind: 'ConfigMap',
  ...row,
}));

type Named = (typeof MISTAKES)[number];

/** Tests that mistakes refused by our rules do harm on the real KubeFed: each row of the tables above, all at once. */
export function describeMistakes(host: Cluster, members: readonly Member[]): void {
  const member = members.find(({ cluster }) => cluster !== host)?.cluster ?? host;
  const accepted = MISTAKES.filter((row) => row.refused === undefined);
  const refused = MISTAKES.filter((row) => row.refused !== undefined);

  beforeAll(() => makeNamespaces(host, members));

  test.each(refused)('$rule: $mistake', async (row) => {
    await expect(apply(host, JSON.stringify(federated(row, members)))).rejects.toThrow(row.refused);
  });

  test('the host accepts the others', () =>
    applyAll(
      host,
      accepted.map((row) => federated(row, members)),
    ));

  describe('and then', () => {
    test.each(accepted)('$rule: $mistake', async (row) => {
      await until('the outcome is as expected', 60, async () => {
        const { status } = await get<{ status?: Status }>(host, words(`Federated${row.kind}.types.kubefed.io`, row));
        expect(said(status, members)).toEqual(expected(row));
        await expectLive(member, row);
        if (row.event !== undefined) expect(await eventsOf(host, row)).toContain(row.event);
        return true;
      });
    });
  });
}

/** Removes the leftovers of mistakes, without waiting. */
export async function removeMistakes(host: Cluster, members: readonly Member[]): Promise<void> {
  const kinds = [...new Set(MISTAKES.map((row) => row.kind))].filter(
    (kind) => !['DaemonSet', 'Namespace'].includes(kind),
  );
  const all = kinds.map((kind) => `federated${kind}s`.toLowerCase()).join();
  await kubectl(host, ['delete', all, '--all', `--namespace=${NAMESPACE}`, '--wait=false']);
  for (const namespace of [NAMESPACE, 'kube-public']) {
    await kubectl(host, ['delete', `federatednamespace/${namespace}`, `--namespace=${namespace}`, '--wait=false']);
  }
  await kubectl(host, ['delete', 'namespace', NAMESPACE, UNFEDERATED, '--wait=false']);
  for (const { cluster } of members) await kubectl(cluster, ['delete', 'namespace', ELSEWHERE, '--wait=false']);
}

async function makeNamespaces(host: Cluster, members: readonly Member[]): Promise<void> {
  const namespace = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await applyAll(host, [NAMESPACE, ELSEWHERE, UNFEDERATED].map(namespace));
  for (const { cluster } of members) await applyAll(cluster, [namespace(ELSEWHERE)]);
  const own = { kind: 'Namespace', name: NAMESPACE, namespace: NAMESPACE };
  const object = federated({ ...own, template: { metadata: { labels: { color: 'red' } } } }, members);
  await applyAll(host, [object]);
  await propagated(host, [object]);
  for (const { cluster } of members) await forbidPods(cluster, NAMESPACE);
}

function expected({ host, member, reason }: Outcome): object {
  const failed = [host, member].some((one) => one !== undefined && one !== 'OK');
  return { host, member, reason: reason ?? (failed ? 'CheckClusters' : undefined) };
}

async function expectLive(cluster: Cluster, row: Named): Promise<void> {
  const { kind, namespace, strayedTo = namespace } = row;
  const found = await find<object>(cluster, words(kind, { ...row, namespace: strayedTo }));
  if (row.live === null) expect(found).toBeUndefined();
  else expect(found).toMatchObject(row.live ?? {});
  if (strayedTo !== namespace) expect(await find(cluster, words(kind, row))).toBeUndefined();
}

async function eventsOf(host: Cluster, { kind, name, namespace }: Named): Promise<string> {
  const selector = `--field-selector=involvedObject.kind=Federated${kind},involvedObject.name=${name}`;
  const { items } = await get<{ items: { message: string }[] }>(host, ['events', `--namespace=${namespace}`, selector]);
  return items.map((one) => one.message).join('\n');
}

function words(kind: string, { name, namespace }: { name: string; namespace: string }): string[] {
  return [`${kind}/${name}`, `--namespace=${namespace}`];
}

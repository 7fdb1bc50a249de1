import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentsIn } from '../../ground/documents.ts';
import { everywhere } from '../../ground/gates.ts';
import { clusterNamed } from '../../ground/ground.ts';
import { apply, find, get, kubectl } from '../../ground/kubectl.ts';
import { asCreated, comparable } from '../../ground/untouched.ts';
import { until } from '../../machine/wait.ts';
import { installKarmada } from './control-plane.ts';
import { describePropagation, target } from './propagation.ts';

const federation = clusterNamed('federation');
const host = clusterNamed('host');
const member = clusterNamed('member');
const written = (file: string) => documentsIn(join(import.meta.dirname, file));
const effective = [host, member].map((cluster) => ({ cluster, objects: written(`effective/${cluster.name}.yaml`) }));

beforeAll(() => installKarmada(federation, [host, member]));

describePropagation('what is written by hand', federation, written('federation.yaml'), effective);

describe('a Deployment that somebody changes in a member', () => {
  const deployment = written('effective/member.yaml').find((one) => one.kind === 'Deployment');
  if (deployment === undefined) throw new Error('there is no Deployment to try it with');

  test.each([
    ['is scaled back', ['scale', '--replicas=9']],
    ['comes back when it is deleted, overrides and all', ['delete']],
  ])('%s', async (_, words) => {
    const wanted = await asCreated(member, deployment);
    await kubectl(member, [...words, ...target(deployment)]);
    await until('Karmada mends it', 60, async () => {
      expect(comparable(await get(member, target(deployment)))).toEqual(wanted);
      return true;
    });
  });
});

// Unlike KubeFed, which takes it for an `add`: this is why the product has to know what a template holds.
test('an override that does not fit keeps the object from its cluster alone, and an event says why', async () => {
  const [settings, ...others] = ['configmap/misfit', '--namespace=greetings'];
  for (const object of written('misfit.yaml')) await apply(federation, JSON.stringify(object), ['--server-side']);
  await until('host has it', 30, () => find(host, [settings, ...others]));
  await until('an event says why member has not', 30, async () => {
    const events = [
      'events',
      '--namespace=greetings',
      '--field-selector=reason=SyncWorkFailed,involvedObject.name=misfit',
    ];
    const { items } = await get<{ items: { message: string }[] }>(federation, events);
    const message = 'replace operation does not apply: doc is missing key: /data/absent: missing value';
    return items.some((one) => one.message === message) ? true : undefined;
  });
  expect(await find(member, [settings, ...others])).toBeUndefined();
});

describe('what manifests do not say', () => {
  const surprises = written('surprises.yaml');
  const [service, deployment] = ['Service', 'Deployment'].map((kind) => surprises.find((one) => one.kind === kind));
  if (service === undefined || deployment === undefined)
    throw new Error('surprises.yaml lacks a Service or a Deployment');

  test('the federation accepts them', async () => {
    for (const object of surprises) await apply(federation, JSON.stringify(object), ['--server-side']);
    for (const object of [service, deployment]) await everywhere(federation, object, [host.name, member.name]);
  });

  test('an override meets the defaults of the federation: a new port, and the target of the old one', async () => {
    const { spec } = await get<{ spec: { ports: object[] } }>(member, target(service));
    expect(spec.ports).toMatchObject([{ port: 82, targetPort: 81 }]);
  });

  test('with the label for it, who scales a Deployment in a member keeps it so', async () => {
    await kubectl(member, ['scale', ...target(deployment), '--replicas=2']);
    // Karmada has seen it when it has counted what is there, and undoes what it undoes before that.
    await until('Karmada has seen it', 60, async () => {
      const { status } = await get<{ status: { replicas: number } }>(federation, target(deployment));
      return status.replicas === 3 ? true : undefined;
    });
    expect(await get(member, target(deployment))).toMatchObject({ spec: { replicas: 2 } });
  });
});

test.each([
  ['no operator', { path: '/data/greeting', value: 'hi' }, 'plaintext[0].operator: Unsupported value: ""'],
  ['an unknown operator', { operator: 'test', path: '/data/greeting' }, 'supported values: "add", "remove", "replace"'],
])('an override with %s is refused', async (_, overrider, message) => {
  const misfit = written('misfit.yaml').find((one) => one.kind === 'OverridePolicy');
  const overrideRules = [{ overriders: { plaintext: [overrider] } }];
  const refused = { ...misfit, metadata: { name: 'refused', namespace: 'greetings' }, spec: { overrideRules } };
  await expect(apply(federation, JSON.stringify(refused))).rejects.toThrow(message);
});

test('the webhook is asked: a policy for objects of another namespace is refused', async () => {
  const policy = written('misfit.yaml').find((one) => one.kind === 'PropagationPolicy');
  const refused = { ...policy, metadata: { name: 'refused', namespace: 'default' } };
  const message = 'namespace of resource selector must be the same as the namespace of the policy';
  await expect(apply(federation, JSON.stringify(refused))).rejects.toThrow(message);
});

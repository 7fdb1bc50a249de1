import { beforeAll, describe, expect, test } from 'vitest';
import { clusterNamed, environment, type Synthesized } from '../../environment.ts';
import { asCreated, comparable } from '../../kubernetes/as-created.ts';
import type { KubeObject } from '../../kubernetes/documents.ts';
import { apply, get, kubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { tryOperation } from '../../product/operation.ts';
import { installKarmada } from './control-plane.ts';
import { describeDelivery, effectiveIn } from './delivery.ts';
import { describeDestruction } from './destruction.ts';
import { bringLackingKind, describeRefused } from './refused.ts';

const federation = clusterNamed('federation');
const host = clusterNamed('host');
const member = clusterNamed('member');
const outputs = environment().synthesized;

beforeAll(async () => {
  await bringLackingKind(federation, host);
  await installKarmada(federation, [host, member]);
});

// All rows are applied before they are checked. Karmada works on them while the outputs are tested.
const lookAtRefused = describeRefused({ federation, host, member });

test('there is output to deliver', () => {
  expect(outputs).toHaveLength(3);
});

for (const output of outputs) describeDelivery(output, [host, member]);

describe('a Deployment that somebody changes in a member', () => {
  const [deployment, words] = deploymentOf('examples/karmada.yaml', 'helloworld');

  test.each([
    ['is scaled back', ['scale', '--replicas=9']],
    ['comes back when it is deleted, overrides and all', ['delete']],
  ])('%s', async (_, change) => {
    const wanted = await asCreated(member, deployment);
    await kubectl(member, [...change, ...words]);
    await until('Karmada restores it', 60, async () => {
      expect(comparable(await get(member, words))).toEqual(wanted);
      return true;
    });
  });
});

test('Karmada keeps the replicas of an autoscaled Deployment that somebody scales in a member', async () => {
  const [, words] = deploymentOf('examples/shop.yaml', 'catalog');
  const inHost = await get<Scaled>(host, words);
  await kubectl(member, ['scale', ...words, '--replicas=3']);
  // Karmada has seen the object once it has counted the replicas. It would have reverted the change before that.
  await until('Karmada has seen it', 60, async () => {
    const { status } = await get<Scaled>(federation, words);
    return status.replicas === inHost.spec.replicas + 3 ? true : undefined;
  });
  expect(await get(member, words)).toMatchObject({ spec: { replicas: 3 } });
});

// Without the shop: after kubectl's other kind of apply, servers attribute its volume claims to another owner.
test.each(outputs.filter((one) => one.declaration !== 'examples/shop.yaml'))(
  "$declaration: apply finds Karmada's clusters, and its gates open",
  async (output) => {
    const { status, stderr } = await tryOperation(output, ['--only', 'federation', '--from', '60-federation']);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain('60-federation  federation  apply');
  },
);

lookAtRefused();

test('the webhook is active: it refuses a policy for objects of another namespace', async () => {
  const selectors = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'shop' }];
  const policy = {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'foreign', namespace: 'default' },
    spec: { resourceSelectors: selectors, placement: { clusterAffinity: { clusterNames: ['host'] } } },
  };
  const message = 'namespace of resource selector must be the same as the namespace of the policy';
  await expect(apply(federation, JSON.stringify(policy))).rejects.toThrow(message);
});

describe('destroy', () => describeDestruction(outputOf('examples/karmada.yaml'), [host, member]));

interface Scaled {
  readonly spec: { readonly replicas: number };
  readonly status: { readonly replicas: number };
}

/** A Deployment in the member according to an output, and its words for kubectl. */
function deploymentOf(declaration: string, name: string): [KubeObject, string[]] {
  const output = outputOf(declaration);
  const isIt = (one: KubeObject) => one.kind === 'Deployment' && one.metadata.name === name;
  const found = effectiveIn(output, member).find(isIt);
  if (found === undefined) throw new Error(`${declaration} has no Deployment ${name} in ${member.name}`);
  return [found, [`deployment/${name}`, `--namespace=${found.metadata.namespace}`]];
}

function outputOf(declaration: string): Synthesized {
  const output = outputs.find((one) => one.declaration === declaration);
  if (output === undefined) throw new Error(`there is no ${declaration}`);
  return output;
}

import { expect } from 'vitest';
import type { Cluster } from '../../environment.ts';
import { groupOf, type KubeObject } from '../../kubernetes/documents.ts';
import { find, get, tryKubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { type Binding, bindingOf, bindingsOf, isFullyApplied } from './bindings.ts';

/** A federation of two members. `member` gets the tested change, and `host` the original object. */
export interface Federation {
  readonly federation: Cluster;
  readonly host: Cluster;
  readonly member: Cluster;
}

/** Waits for the expected effect on an object, and fails on any other. */
export type Outcome = (where: Federation, object: KubeObject) => Promise<void>;

/** The words that name an object for kubectl. */
function wordsOf(object: KubeObject): string[] {
  const { name, namespace } = object.metadata;
  const group = groupOf(object);
  const resource = group === '' ? object.kind : `${object.kind}.${group}`;
  return [`${resource}/${name}`, `--namespace=${namespace}`];
}

async function arrivesIn(cluster: Cluster, object: KubeObject): Promise<void> {
  await until(`${cluster.name} has ${object.metadata.name}`, 60, () => find(cluster, wordsOf(object)));
}

/** Karmada cannot make the object: one cluster lacks it, no other does, and only an event gives the reason. */
export function isNotMade(message: string): Outcome {
  return async (where, object) => {
    await arrivesIn(where.host, object);
    const { name, namespace } = object.metadata;
    const about = `--field-selector=reason=SyncWorkFailed,involvedObject.name=${name}`;
    await until('an event says why', 30, async () => {
      const { items } = await get<{ items: { message: string }[] }>(where.federation, [
        ...['events', `--namespace=${namespace}`, about],
      ]);
      if (items.some((one) => one.message.includes(message))) return true;
      throw new Error(JSON.stringify(items.map((one) => one.message)));
    });
    expect(await find(where.member, wordsOf(object))).toBeUndefined();
  };
}

/** The member refuses the object. No other cluster lacks it, and the binding gives the reason. */
export function isRefusedThere(message: string): Outcome {
  return async (where, object) => {
    await arrivesIn(where.host, object);
    await until('the binding says why', 60, async () => {
      const binding = await bindingIn(where.federation, object);
      const said = binding?.status?.aggregatedStatus?.find((one) => one.clusterName === where.member.name);
      if (said?.applied !== true && said?.appliedMessage?.includes(message)) return true;
      throw new Error(JSON.stringify(binding?.status));
    });
    expect(await find(where.member, wordsOf(object))).toBeUndefined();
  };
}

/** The object arrives in a changed form, and nothing reports the difference. */
export function arrivesAs(check: (object: object) => void): Outcome {
  return async (where, object) => {
    await arrivesIn(where.host, object);
    await until('the member has it as expected', 60, async () => {
      check(await get<object>(where.member, wordsOf(object)));
      return true;
    });
  };
}

/** The object arrives somewhere else, and the intended object is missing. */
export function arrivesElsewhere(change: (object: KubeObject) => KubeObject): Outcome {
  return async (where, object) => {
    await arrivesIn(where.member, change(object));
    expect(await find(where.member, wordsOf(object))).toBeUndefined();
  };
}

/** One cluster lacks the object, but Karmada reports that it is everywhere. */
export const isLeftOut: Outcome = async (where, object) => {
  await until('Karmada says that it is everywhere', 60, async () => {
    const binding = await bindingIn(where.federation, object);
    const places = binding?.spec.clusters?.map((one) => one.name).join();
    if (places === where.host.name && isFullyApplied(binding?.status)) return true;
    throw new Error(JSON.stringify(binding));
  });
  // The member may not even know the kind.
  expect((await tryKubectl(where.member, ['get', ...wordsOf(object)])).status).toBe(1);
};

/** The object has no effect, and nothing gives the reason. */
export const isIgnored: Outcome = async (where, object) => {
  expect(await bindingIn(where.federation, object)).toBeUndefined();
  for (const cluster of [where.host, where.member]) expect(await find(cluster, wordsOf(object))).toBeUndefined();
};

async function bindingIn(federation: Cluster, { kind, metadata }: KubeObject): Promise<Binding | undefined> {
  return (await bindingsOf(federation)).get(bindingOf({ kind, ...metadata }));
}

import { describe, expect, test } from 'vitest';
import { groupOf, type KubeObject } from '../../ground/documents.ts';
import { everywhere } from '../../ground/gates.ts';
import type { Cluster } from '../../ground/ground.ts';
import { apply, find, get } from '../../ground/kubectl.ts';
import { asCreated, comparable } from '../../ground/untouched.ts';

/** What must come of a federation's objects in one member. */
export interface Effective {
  readonly cluster: Cluster;
  readonly objects: readonly KubeObject[];
}

/** The words that name an object for kubectl. */
export function target(object: KubeObject): string[] {
  const { name, namespace } = object.metadata;
  const group = groupOf(object);
  const resource = group === '' ? object.kind : `${object.kind}.${group}`;
  return [`${resource}/${name}`, ...(namespace === undefined ? [] : [`--namespace=${namespace}`])];
}

/** Tests that Karmada makes of objects, applied in this order, what each member must have, and nothing else. */
export function describePropagation(
  what: string,
  federation: Cluster,
  applied: readonly KubeObject[],
  effective: readonly Effective[],
): void {
  const templates = applied.filter((one) => groupOf(one) !== 'policy.karmada.io');
  const policies = applied.filter((one) => !templates.includes(one));
  const placesOf = (template: KubeObject) =>
    effective.filter(({ objects }) => objects.some((one) => isSame(one, template))).map(({ cluster }) => cluster.name);
  const applyAll = async () => {
    for (const object of applied) await apply(federation, JSON.stringify(object), ['--server-side']);
  };

  describe(what, () => {
    test('the federation accepts it', applyAll);

    test.each(templates)('$kind $metadata.name is where it belongs', (template) =>
      everywhere(federation, template, placesOf(template)),
    );

    describe.each(effective)('in $cluster.name', ({ cluster, objects }) => {
      test.each(objects)('$kind $metadata.name is as expected, field by field', async (object) => {
        expect(comparable(await get(cluster, target(object)))).toEqual(await asCreated(cluster, object));
      });

      test('what is placed elsewhere is not there', async () => {
        const elsewhere = templates.filter((one) => !placesOf(one).includes(cluster.name));
        for (const object of elsewhere) expect(await find(cluster, target(object))).toBeUndefined();
      });
    });

    test('applied again, no policy changes', async () => {
      const before = await versionsOf(federation, policies);
      await applyAll();
      expect(await versionsOf(federation, policies)).toEqual(before);
    });
  });
}

function isSame(one: KubeObject, other: KubeObject): boolean {
  return target(one).join() === target(other).join();
}

function versionsOf(cluster: Cluster, objects: readonly KubeObject[]): Promise<string[]> {
  return Promise.all(
    objects.map(async (one) => {
      const { metadata } = await get<{ metadata: { resourceVersion: string } }>(cluster, target(one));
      return metadata.resourceVersion;
    }),
  );
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cluster, Synthesized } from '../../environment.ts';
import { allAsCreated, comparable } from '../../kubernetes/as-created.ts';
import { documentsIn, identityOf, type KubeObject } from '../../kubernetes/documents.ts';
import { findAll } from '../../kubernetes/kubectl.ts';

/** The parts of a federated object that its pipeline uses. */
export interface Federated {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly placement: { readonly clusters?: readonly { readonly name: string }[] } };
}

/** The expected objects of a federation in one cluster. */
export interface Effective {
  readonly cluster: Cluster;
  readonly objects: readonly KubeObject[];
}

/**
 * The objects of each cluster in an output's `effective/`, without the namespace that the mesh of another suite may
 * use.
 */
export function effectiveOf(output: Synthesized, clusters: readonly Cluster[]): Effective[] {
  return clusters.map((cluster) => {
    const directory = join(output.directory, 'effective', cluster.name);
    const objects = existsSync(directory) ? documentsIn(directory) : [];
    return { cluster, objects: objects.filter((one) => !isOfTheMesh(one)) };
  });
}

/** Whether an object is istio-system or lies in it. */
export function isOfTheMesh({ kind, metadata }: KubeObject): boolean {
  return (metadata.namespace ?? (kind === 'Namespace' ? metadata.name : '')) === 'istio-system';
}

/**
 * Tests that each cluster has exactly its own objects, with the same fields as if its API server alone had made them.
 */
export function describeEffective(effective: readonly Effective[]): void {
  const all = new Map(effective.flatMap(({ objects }) => objects.map((one) => [identityOf(one), one])));

  describe.each(effective)('in $cluster.name', ({ cluster, objects }) => {
    test('every object is as intended, field by field', async () => {
      const [live, wanted] = await Promise.all([findAll(cluster, objects), allAsCreated(cluster, objects)]);
      expect(live.map(identityOf)).toEqual(objects.map(identityOf));
      for (const [index, one] of live.entries()) {
        expect(comparable({ ...one }), identityOf(one)).toEqual(wanted[index]);
      }
    });

    test('objects placed elsewhere are absent', async () => {
      const own = new Set(objects.map(identityOf));
      const elsewhere = [...all].filter(([identity]) => !own.has(identity)).map(([, one]) => one);
      expect((await findAll(cluster, elsewhere)).map(identityOf)).toEqual([]);
    });
  });
}

import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { type DeclarationData, declarations, manifestOf } from '../support/declarations/arbitrary-declaration.ts';
import type { ClusterData } from '../support/declarations/arbitrary-mesh.ts';
import { makeProject, synthesize } from '../support/project.ts';

const runs = { numRuns: 30 };

type Clusters = readonly (ClusterData & { readonly gateway?: unknown; readonly federationCluster?: string })[];

interface NamedClusters {
  readonly placement: 'all' | readonly string[];
  readonly clients: 'all' | readonly string[];
  readonly overrides?: Readonly<Record<string, unknown>>;
}

function output(declaration: object & Pick<DeclarationData, 'workloads'>): Readonly<Record<string, string>> {
  const manifests = declaration.workloads.map(({ name }) => [`${name}.yaml`, manifestOf(name)]);
  const directory = makeProject({ 'federation.yaml': dump(declaration), ...Object.fromEntries(manifests) });
  return synthesize(join(directory, 'federation.yaml'));
}

// A cluster that may leave: not a host, and not the gateway of clusters that stay.
function leaverOf({ clusters }: DeclarationData): ClusterData | undefined {
  return (clusters as Clusters).find(
    (one, index) =>
      index > 0 &&
      !(clusters as Clusters).some(
        (other) => other.network === one.network && other !== one && other.gateway === 'none',
      ),
  );
}

// A copy in which no workload names the cluster. A workload that ran nowhere else is removed.
function withoutMentions(declaration: DeclarationData, leaver: string): DeclarationData {
  const without = (list: 'all' | readonly string[]) => (list === 'all' ? list : list.filter((name) => name !== leaver));
  const workloads = declaration.workloads.flatMap((workload) => {
    const { placement, clients, overrides = {} } = workload as unknown as NamedClusters;
    const kept = { placement: without(placement), clients: without(clients) };
    const { [leaver]: _, ...others } = overrides;
    return kept.placement.length === 0 || kept.clients.length === 0
      ? []
      : [{ ...workload, ...kept, overrides: others }];
  });
  // A direct workload has no overrides.
  return {
    ...declaration,
    workloads: workloads.map(({ overrides, ...rest }) =>
      Object.keys(overrides).length > 0 ? { ...rest, overrides } : rest,
    ),
  };
}

function inState(declaration: DeclarationData, leaver: string, state: string): DeclarationData {
  const clusters = declaration.clusters.map((one) => (one.name === leaver ? { ...one, state } : one));
  return { ...declaration, clusters };
}

const discoveryOf = (files: Readonly<Record<string, string>>): readonly (readonly string[])[] =>
  (files['plan.tsv'] ?? '')
    .split('\n')
    .filter((row) => row.startsWith('45-'))
    .map((row) => row.split('\t'));

function placedIn(text: string): readonly string[] {
  const objects = loadAll(text) as { spec?: { placement?: { clusters: { name: string }[] } } }[];
  return objects.flatMap(({ spec }) => spec?.placement?.clusters.map(({ name }) => name) ?? []);
}

test('a leaving cluster has no workload, is read by no istiod, and keeps its Istio; no file of other members changes', () => {
  fc.assert(
    fc.property(declarations, (any) => {
      const leaver = leaverOf(any);
      fc.pre(leaver !== undefined);
      const declaration = withoutMentions(any, leaver.name);
      const before = output(inState(declaration, leaver.name, 'active'));
      const after = output(inState(declaration, leaver.name, 'leaving'));
      const own = Object.keys(after).filter((path) => path.startsWith(`${leaver.name}/`) && path.endsWith('.yaml'));
      expect(own.filter((path) => !/\/(10|20|30|40|50)-/.test(path))).toEqual([]);
      for (const path of own.filter((one) => !one.includes('/10-'))) expect(after[path], path).toBe(before[path]);
      const name = (leaver as Clusters[number]).federationCluster ?? leaver.name;
      const federated = Object.entries(after).filter(([path]) => path.includes('/60-federation/'));
      for (const [path, text] of federated) expect(placedIn(text), path).not.toContain(name);
      const read = discoveryOf(after).filter((row) => row[11] === leaver.name);
      expect(read.map((row) => row[4])).toEqual(
        discoveryOf(before)
          .filter((row) => row[11] === leaver.name)
          .map(() => 'remote-secret-gone'),
      );
      const host = declaration.clusters[0]?.name;
      const others = Object.keys(before).filter(
        (path) => path.endsWith('.yaml') && ![host, leaver.name, 'effective'].includes(path.split('/')[0]),
      );
      for (const path of others) expect(after[path], path).toBe(before[path]);
    }),
    runs,
  );
});

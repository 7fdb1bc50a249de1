import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
import { clustersOfPlan } from '../../operations/plan/clusters.ts';
import { readPlan } from '../../operations/plan/read-plan.ts';
import { readDeliveredObjects } from '../../operations/verify/expected/delivered-objects.ts';
import { readEndpointTables } from '../../operations/verify/expected/endpoint-tables.ts';
import { endpointOf, joinRows } from '../../operations/verify/expected/rows.ts';
import { type DeclarationData, declarations, manifestOf } from '../support/declarations/arbitrary-declaration.ts';
import { joinEndpoints } from '../support/output/joined-endpoints.ts';
import { makeProject, synthesize } from '../support/project.ts';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: { readonly replicas?: number };
}

type Output = Readonly<Record<string, string>>;

// Services whose calls a proxy distributes. The generator's own Services are headless.
function output(declaration: DeclarationData): Output {
  const manifests = declaration.workloads.map(({ name }) => [
    `${name}.yaml`,
    manifestOf(name).replace('clusterIP: None, ', ''),
  ]);
  const directory = makeProject({ 'federation.yaml': dump(declaration), ...Object.fromEntries(manifests) });
  return synthesize(join(directory, 'federation.yaml'));
}

/** The objects of the workloads in a cluster, read from its files and from the preview: `Kind namespace/name`. */
function objectsIn(files: Output, cluster: string): ReadonlySet<string> {
  const own = Object.entries(files).filter(
    ([path]) =>
      path.startsWith(`effective/${cluster}/`) ||
      (path.startsWith(`${cluster}/70-workloads/`) && !path.endsWith('/kustomization.yaml')),
  );
  const objects = own.flatMap(([, content]) => loadAll(content) as readonly KubernetesObject[]);
  return new Set(
    objects
      .filter(({ spec }) => spec?.replicas !== 0)
      .map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace}/${name}`),
  );
}

test('every caller reaches every cluster with pods, directly or through a gateway of its network', () => {
  fc.assert(
    fc.property(declarations, (declaration) => {
      const files = output(declaration);
      const networks = new Map(declaration.clusters.map(({ name, network }) => [name, network]));
      const withGateway = new Set(
        declaration.clusters.filter((one) => !('gateway' in one) || one.gateway !== 'none').map(({ name }) => name),
      );
      const objects = new Map([...networks.keys()].map((name) => [name, objectsIn(files, name)]));
      const has = (cluster: string, object: string): boolean => objects.get(cluster)?.has(object) === true;
      const led = new Set<string>();
      for (const row of joinEndpoints(files)) {
        const { client, service, endpoint, serving, network, gateway } = row;
        const text = JSON.stringify(row);
        led.add(`${client} ${service} ${serving}`);
        expect(network, text).toBe(networks.get(serving));
        expect(endpoint === 'local', text).toBe(networks.get(client) === network);
        expect(gateway === '-', text).toBe(endpoint === 'local');
        if (gateway !== '-') expect([networks.get(gateway), withGateway.has(gateway)], text).toEqual([network, true]);
      }
      const expected = [...networks.keys()].flatMap((client) =>
        [...networks.keys()].flatMap((serving) =>
          [...(objects.get(client) ?? [])]
            .filter((object) => object.startsWith('Service '))
            .map((object) => object.slice('Service '.length))
            .filter((name) => has(serving, `Service ${name}`) && has(serving, `Deployment ${name}`))
            .map((name) => `${client} ${name.split('/').reverse().join('.')}.svc.cluster.local ${serving}`),
        ),
      );
      expect([...led].sort()).toEqual(expected.sort());
    }),
    { numRuns: 40 },
  );
});

test('mesh-federation verify reads every output, and joins its tables to the same rows', () => {
  fc.assert(
    fc.property(declarations, (declaration) => {
      const files = output(declaration);
      const joined = joinEndpoints(files);
      fc.pre(joined.length > 0);
      expect(rowsIn(makeProject(files))).toEqual(joined.map((row) => ({ ...row, port: Number(row.port) })));
    }),
    { numRuns: 10 },
  );
});

// The others declare no service.
test.each(['karmada', 'mixed-networks', 'multi-primary', 'shop', 'tutorial'])(
  'mesh-federation verify reads the output %s',
  (name) => {
    expect(rowsIn(join(import.meta.dirname, '../golden', name)).length).toBeGreaterThan(0);
  },
);

/** The rows that verify checks, with the keys of `joinEndpoints`. */
function rowsIn(directory: string): readonly object[] {
  const planned = clustersOfPlan(readPlan(directory), new Map()).map(({ name }) => name);
  readDeliveredObjects(directory);
  const rows = joinRows(readEndpointTables(directory, planned), planned, { only: [], services: [] });
  return rows.map((row) => ({
    client: row.client,
    service: row.host,
    endpoint: endpointOf(row),
    port: row.port,
    protocol: row.protocol,
    serving: row.serving,
    network: row.network,
    gateway: row.gateway?.cluster ?? '-',
    primary: row.primary,
  }));
}

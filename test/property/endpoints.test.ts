import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { expect, test } from 'vitest';
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

// The parts of verify.sh that read tables, and the resulting rows.
const readRows = `set -euo pipefail
for part in state messages options plan verify/expected verify/tables; do source "$PWD/lib/$part.sh"; done
read_plan plan.tsv
read_endpoints
for row in "\${!row_client[@]}"; do
  printf '%s\\n' "\${row_client[row]} \${row_host[row]} \${row_endpoint[row]} \${row_port[row]} \${row_protocol[row]}" \
    "\${row_serving[row]} \${row_network[row]} \${row_gateway[row]} \${row_primary[row]}"
done`;

test('verify.sh joins the tables to the same rows', () => {
  fc.assert(
    fc.property(declarations, (declaration) => {
      const files = output(declaration);
      const joined = joinEndpoints(files);
      fc.pre(joined.length > 0);
      const rows = execFileSync('bash', ['-c', readRows], { cwd: makeProject(files), encoding: 'utf8' });
      expect(rows.trimEnd().split('\n')).toEqual(
        joined.flatMap((row) => [
          [row.client, row.service, row.endpoint, row.port, row.protocol].join(' '),
          [row.serving, row.network, row.gateway, row.primary].join(' '),
        ]),
      );
    }),
    { numRuns: 10 },
  );
});

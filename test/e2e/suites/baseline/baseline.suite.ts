import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { program } from '../../build/go.ts';
import type { Cluster } from '../../environment.ts';
import { apply, find, kubectl, rolledOut } from '../../kubernetes/kubectl.ts';
import { run } from '../../machine/run.ts';
import { say, until } from '../../machine/wait.ts';
import type { Federated } from '../federation/effective.ts';
import { ensureFederation, type Member } from '../federation/kubefed.ts';
import { CALLS, expectEndpoints, expectSpread } from '../smoke-mesh/checks.ts';
import { deployClient, ensureMesh, mesh } from '../smoke-mesh/mesh.ts';

const NAMESPACE = 'sample';

describe("the tutorial's own YAML, as it stands", () => {
  const both = mesh();
  const { primary: host, remote: member } = both;
  const sides = [
    { at: host, other: member, version: 'v1' },
    { at: member, other: host, version: 'v2' },
  ];
  const deployment = text('helloworld-deploy.yaml');
  const members = membersOf(deployment);

  function text(name: string): string {
    return readFileSync(new URL(name, import.meta.url), 'utf8');
  }

  // The tutorial's clusters have the names that its placement lists, the host first.
  function membersOf(yaml: string): Member[] {
    const names = (parse(yaml) as Federated).spec.placement.clusters ?? [];
    return [host, member].map((cluster, index) => ({ name: names[index]?.name ?? '', cluster }));
  }

  async function twice(cluster: Cluster, yaml: string, flags: readonly string[]): Promise<string> {
    await apply(cluster, yaml, flags);
    return apply(cluster, yaml, flags);
  }

  beforeAll(async () => {
    await ensureMesh(both);
    await ensureFederation(host, members);
    await apply(
      host,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: NAMESPACE, labels: { 'istio-injection': 'enabled' } },
      }),
    );
  });

  // It selects nothing in this mesh, whose gateways have other names, so `istioctl analyze` would rightly complain.
  afterAll(async () => {
    for (const { at } of sides) {
      await kubectl(at, ['delete', '--ignore-not-found', '--filename=-'], text('cluster-aware-gateway.yaml'));
    }
  });

  test('kubefedctl federates the namespace', async () => {
    // Printed and then applied, not made directly: another suite may have federated the namespace already.
    const where = ['--host-cluster-context', host.context, '--kubeconfig', host.kubeconfig, '--output', 'yaml'];
    const kubefedctl = [program('kubefed', 'hyperfed'), 'kubefedctl'];
    await apply(host, await run([...kubefedctl, 'federate', 'namespace', NAMESPACE, ...where]));
    await until('the member has the namespace', 60, () => find(member, [`namespace/${NAMESPACE}`]));
  });

  test('helloworld-deploy.yaml is accepted, and changes nothing the second time', async () => {
    expect(await twice(host, deployment, [])).toContain('unchanged');
  });

  test('helloworld-svc.yaml is accepted in both clusters, and changes nothing the second time', async () => {
    for (const { at } of sides) {
      expect(await twice(at, text('helloworld-svc.yaml'), [`--namespace=${NAMESPACE}`])).toContain('unchanged');
    }
  });

  test('cluster-aware-gateway.yaml is accepted in both clusters, and changes nothing the second time', async () => {
    for (const { at } of sides) {
      expect(await twice(at, text('cluster-aware-gateway.yaml'), [])).toContain('unchanged');
    }
  });

  test('KubeFed brings v1 up in one cluster and v2 in the other', async () => {
    for (const { at } of sides) {
      await until(`${at.name} has the Deployment`, 60, () => rolledOut(at, NAMESPACE, 'helloworld').then(() => true));
      await deployClient(at, NAMESPACE);
    }
  });

  test.each(sides)(
    `$at.name: of ${CALLS} calls of the tutorial's loop both versions answer their share`,
    async ({ at, other, version }) => {
      const counts = await expectSpread(at, await expectEndpoints(at, other, NAMESPACE), NAMESPACE, version);
      say(`${at.name}: of ${CALLS} calls ${JSON.stringify(counts)}`);
    },
  );
});

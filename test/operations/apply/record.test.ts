import { describe, expect, test } from 'vitest';
import { fails } from '../../support/servers/interruptions.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { cacerts, namespace } from '../../support/servers/worlds/registered.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';
import { applyTo } from './apply-run.ts';

function recordIn(servers: Servers, cluster: string): Readonly<Record<string, string>> {
  const entry = servers
    .cluster(cluster)
    .server.entries.find(({ object }) => object.metadata.name === 'mesh-federation-demo');
  return (entry?.object.data ?? {}) as Readonly<Record<string, string>>;
}

const writesOfRecords = (servers: Servers): readonly number[] =>
  servers.calls.flatMap(({ index, isChange, objects }) =>
    isChange && objects.some((one) => one.startsWith('ConfigMap/') && one.includes('mesh-federation')) ? index : [],
  );

describe('the record of a cluster', () => {
  test('has the coming objects before the first change of anything else', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    const changes = servers.calls.filter(({ isChange }) => isChange);
    const kinds = changes.map(({ objects }) => objects[0]?.split('/')[0] ?? '');
    const first = kinds.findIndex((kind) => kind !== 'Lease.coordination.k8s.io');
    expect(kinds.slice(first, first + 2)).toEqual(['ConfigMap', 'ConfigMap']);
    expect(recordIn(servers, 'member')['objects.tsv']).toContain('70-workloads\tapps\tDeployment\tsample\tsleep');
  });

  test('has the commands: what each installer installed, and which istiod reads which cluster', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    expect(recordIn(servers, 'host')['commands.tsv']).toBe(
      [
        '20-control-plane\tistioctl-install\thost/20-control-plane/istiod.yaml\t1.31.4\n',
        '45-discovery\tremote-secret\t-\tmember\tmember\t-\n',
      ].join(''),
    );
  });

  test('has the objects that did not exist before, and no others', async () => {
    const servers = defaultWorld(
      {},
      { member: { holds: [namespace('istio-system'), namespace('sample'), cacerts()] } },
    );
    await applyTo(servers);
    expect(recordIn(servers, 'member')['created.tsv']).toBe(
      'apiextensions.k8s.io\tCustomResourceDefinition\t-\t*.istio.io\n',
    );
    expect(recordIn(servers, 'host')['created.tsv']).not.toContain('istio-system');
    expect(recordIn(servers, 'host')['created.tsv']).toContain('-\tNamespace\t-\tsample');
  });

  test('is not written, and nothing is, if a cluster does not say what it has', async () => {
    const servers = defaultWorld();
    servers.setOnCall((_, { args, context }) =>
      context === 'member' && args.includes('get') && args.includes('--filename=-')
        ? fails('Error from server (InternalError): etcd is not there')
        : undefined,
    );
    const { exitCode, said } = await applyTo(servers);
    expect(said).toContain('etcd is not there');
    expect(exitCode).toBe(1);
    expect(servers.cluster('member').server.entries.some(({ object }) => object.metadata.name === 'sample')).toBe(
      false,
    );
  });

  test('counts a wave only after all waves before it', async () => {
    const servers = defaultWorld();
    await applyTo(servers, { to: '30-gateways' });
    expect(recordIn(servers, 'host').progress).toMatch(/^30-gateways\t/);
    await applyTo(servers, { from: '60-federation' });
    expect(recordIn(servers, 'host').progress).toMatch(/^30-gateways\t/);
  });

  test('is not written in a second run', async () => {
    const servers = defaultWorld();
    await applyTo(servers);
    const before = writesOfRecords(servers).length;
    expect(before).toBeGreaterThan(2);
    await applyTo(servers);
    expect(writesOfRecords(servers).length).toBe(before);
  });
});

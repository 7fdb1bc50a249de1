import { expect } from 'vitest';
import { giveNames } from '../../clusters/dns.ts';
import { placeOf } from '../../clusters/place.ts';
import { type Cluster, clusterNamed, type Synthesized } from '../../environment.ts';
import { tryKubectl } from '../../kubernetes/kubectl.ts';
import type { Ran } from '../../machine/run.ts';
import { say } from '../../machine/wait.ts';
import { makeRootOfTrust } from '../../mesh/trust.ts';
import { tryCommand } from '../../product/command.ts';
import { tryOperation } from '../../product/operation.ts';
import { cluster as clusterRow } from '../../tables/clusters.ts';
import { expectShares, expectWeights, podsOf } from '../topologies/checks.ts';
import { type Cloud, startCloud } from './cloud.ts';

/** The primary. */
export const host = clusterNamed('host');

/** The remote. */
export const member = clusterNamed('member');

/** The load balancer of each cluster's gateway, and all that a cloud can tell about it. */
export const balancers = {
  host: { ip: '172.30.90.1', hostname: 'host.balancer.example' },
  member: { ip: '172.30.90.2', hostname: 'member.balancer.example' },
} as const;

/** The way into each network, once its gateway has its load balancer. */
export const gateways: Readonly<Record<string, string>> = {
  [host.network]: `${balancers.host.ip}:15443`,
  [member.network]: `${balancers.member.ip}:15443`,
};

/** Two clouds, and one root of trust for the clusters in them. */
export interface Clouds {
  readonly host: Cloud;
  readonly member: Cloud;
  readonly apply: (output: Synthesized, options?: readonly string[]) => Promise<Ran>;
  readonly end: () => Promise<void>;
}

/** Starts a cloud for each cluster. That of the host tells a hostname alone, and both resolve all hostnames. */
export async function startClouds(): Promise<Clouds> {
  const trust = await makeRootOfTrust();
  const names = Object.fromEntries(Object.values(balancers).map(({ hostname, ip }) => [hostname, ip]));
  for (const { name } of [host, member]) {
    await trust.issue(name);
    giveNames(placeOf(clusterRow(name)), names);
  }
  const clouds = {
    host: await startCloud(host, balancers.host.ip, { hostname: balancers.host.hostname }),
    member: await startCloud(member, balancers.member.ip, balancers.member),
  };
  return {
    ...clouds,
    apply: (output, options = []) => tryOperation(output, ['--cacerts', trust.directory, ...options]),
    end: async () => {
      await Promise.all([clouds.host.end(), clouds.member.end()]);
      trust.forget();
    },
  };
}

/** `verify` finds every link intact and every call answered. */
export async function expectVerified(output: Synthesized): Promise<void> {
  const { status, stdout, stderr } = await tryCommand(output, 'verify', ['--path', '/hello']);
  say(stdout);
  expect(status, stderr).toBe(0);
}

/** Each client's Envoy has its pods and the way into the other network, and nothing else, and calls follow. */
export async function expectCounted(ways: Readonly<Record<string, string>>): Promise<void> {
  const pods = await podsOf([host, member]);
  for (const at of [host, member]) await expectWeights(at, pods, ways);
  for (const at of [host, member]) say(`${at.name}: ${JSON.stringify(await expectShares(at, pods))}`);
}

/** What a pod without a sidecar gets from a pod of helloworld in its own cluster, and how its curl ends. */
export async function callInPlainText(at: Cluster): Promise<Ran> {
  const [pod] = await podsOf([at]);
  const words = ['run', 'outside', '--namespace=default', '--attach', '--rm', '--quiet', '--restart=Never'];
  const call = ['--command', '--', 'curl', '--silent', '--max-time', '5', `http://${pod?.address}:5000/hello`];
  return tryKubectl(at, [...words, '--image=docker.io/curlimages/curl:8.16.0', ...call]);
}

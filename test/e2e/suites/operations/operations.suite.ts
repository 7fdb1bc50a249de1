import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '../../environment.ts';
import { find, get } from '../../kubernetes/kubectl.ts';
import { makeRootOfTrust, type Trust } from '../../mesh/trust.ts';
import { copyOf, renameFederation } from '../../product/edited-output.ts';
import { leaseWords } from '../../product/leases.ts';
import { tryOperation } from '../../product/operation.ts';
import { clusterFor, clustersOf, declarationOf } from '../../product/output.ts';
import { everythingIn } from '../destroy/everything.ts';
import { describeHostileServers } from './hostile.ts';

const [output] = environment().synthesized;
if (output === undefined) throw new Error('there is no output to apply');
const clusters = clustersOf(output).map((name) => clusterFor(output, name));
const [host, member] = clusters;
if (host === undefined || member === undefined) throw new Error('this takes a host and a member');
const { name } = declarationOf(output);

let trust: Trust;
// Namespaces, their labels and the Secrets with the CA: servers without nodes have these at once.
const options = (): readonly string[] => ['--cacerts', trust.directory, '--to', '10-foundation'];

/** Every object of both clusters, and the version of each record. */
async function everything(): Promise<unknown> {
  const objects = await Promise.all(clusters.map(everythingIn));
  const records = await Promise.all(clusters.map((one) => get<Stored>(one, recordWords)));
  return [objects, records.map(({ metadata }) => metadata.resourceVersion)];
}

const recordWords = [`configmap/mesh-federation-${name}`, '--namespace=kube-system'];
interface Stored {
  readonly metadata: { readonly resourceVersion: string };
  readonly data: Readonly<Record<string, string>>;
}

beforeAll(async () => {
  trust = await makeRootOfTrust();
  for (const one of clustersOf(output)) await trust.issue(one);
});

afterAll(() => trust.forget());

describe('two people at once', () => {
  test('one does everything, and the other waits or is refused', async () => {
    const ran = await Promise.all([1, 2].map(() => tryOperation(output, options())));
    const statuses = ran.map(({ status }) => status).sort();
    expect(
      [
        [0, 0],
        [0, 5],
      ],
      ran.map(({ stderr }) => stderr).join(),
    ).toContainEqual(statuses);
    for (const { stderr } of ran.filter(({ status }) => status === 5))
      expect(stderr).toMatch(/works on this cluster since|somebody else has worked on (host|member)/);
  });

  test('leave what one of them would have left, and no Lease', async () => {
    for (const cluster of clusters) {
      expect(await find(cluster, [...leaseWords])).toBeUndefined();
      expect(await find(cluster, ['secret/cacerts', '--namespace=istio-system'])).toBeDefined();
      const { data } = await get<Stored>(cluster, recordWords);
      expect(data.cluster).toBe(cluster.name);
      expect(data.progress).toMatch(/^10-foundation\t/);
    }
    const { status, stdout, stderr } = await tryOperation(output, [...options(), '--diff']);
    expect([status, stdout], stderr).toEqual([0, '']);
  });
});

test('exchanged contexts are refused by the records, without a lock', async () => {
  const before = await everything();
  const words = ['--context', `host=${member.context}`, '--context', `member=${host.context}`];
  const { status, stderr } = await tryOperation(output, [...options(), ...words], { expects: null });
  expect(status, stderr).toBe(1);
  expect(stderr).toContain('error: 2 problems, nothing was changed');
  expect(stderr).toContain(`host: context ${member.context} is member of ${name}, by the record in the cluster`);
  expect(stderr).toContain(`member: context ${host.context} is host of ${name}, by the record in the cluster`);
  expect(await everything()).toEqual(before);
});

test('another federation in the same clusters is refused with the name of the first', async () => {
  const before = await everything();
  const other = copyOf(output, 'other');
  renameFederation(other, 'other');
  const { status, stderr } = await tryOperation(other, options());
  expect(status, stderr).toBe(1);
  expect(stderr).toMatch(/^error: \d+ problems?, nothing was changed$/m);
  expect(stderr).toContain(`there is already the federation ${name}, and both would share gateways, secrets and Istio`);
  expect(await everything()).toEqual(before);
});

describe('a hostile API server', () => describeHostileServers(output, host, options));

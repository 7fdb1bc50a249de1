import { describe, expect } from 'vitest';
import { fakeClusters } from '../support/clusters/fake-clusters.ts';
import { envoyQuestion, envoyText, fakeMesh, meshUids, pod } from '../support/clusters/fake-mesh.ts';
import { test } from '../support/clusters/verify-run.ts';

const helloworld = 'helloworld.sample.svc.cluster.local:5000';

// A call of kubectl that changes nothing, with its context in front.
const isQuestion = ([context = '', ...words]: readonly string[]): boolean =>
  /^--context=(host|member)$/.test(context) && words.some((word) => word === 'get' || word === 'exec');

describe('a mesh that is intact', () => {
  test('shows which endpoints received the calls of each cluster', async ({ directory, verify }) => {
    const calls = fakeClusters(directory, fakeMesh());
    const { status, out, err } = await verify('--path', '/hello');
    // Both clusters call at once.
    expect(err.split('\n').sort()).toEqual([
      '',
      `host: 100 of 100 calls to ${helloworld} were answered`,
      `member: 100 of 100 calls to ${helloworld} were answered`,
    ]);
    expect(status).toBe(0);
    expect(
      out,
    ).toBe(`client  service                                   serving  endpoint                      state  calls
host    helloworld.sample.svc.cluster.local:5000  host     local                         ok     53
host    helloworld.sample.svc.cluster.local:5000  member   gateway-address:member:15443  ok     47
host    sleep.sample.svc.cluster.local:80         host     local                         ok     -
host    sleep.sample.svc.cluster.local:80         member   gateway-address:member:15443  ok     -
member  helloworld.sample.svc.cluster.local:5000  host     gateway-address:host:15443    ok     47
member  helloworld.sample.svc.cluster.local:5000  member   local                         ok     53
member  sleep.sample.svc.cluster.local:80         host     gateway-address:host:15443    ok     -
member  sleep.sample.svc.cluster.local:80         member   local                         ok     -
`);
    // It changes nothing, names the context in each call, and gives each a limit.
    for (const call of calls()) {
      expect(call[0]).toMatch(/^--context=(host|member)$/);
      expect(call[1]).toMatch(/^--request-timeout=\d+s$/);
      expect(['get', 'exec']).toContain(call[2]);
    }
  });

  test('is a document with --json, and nothing else', async ({ directory, verify }) => {
    fakeClusters(directory, fakeMesh());
    const { status, out, err } = await verify('--json', '--service', 'helloworld');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const row = { service: 'helloworld.sample.svc.cluster.local', port: 5000, state: 'ok' };
    expect(JSON.parse(out)).toEqual({
      ok: true,
      endpoints: [
        { ...row, client: 'host', serving: 'host', endpoint: 'local', calls: 53 },
        { ...row, client: 'host', serving: 'member', endpoint: 'gateway-address:member:15443', calls: 47 },
        { ...row, client: 'member', serving: 'host', endpoint: 'gateway-address:host:15443', calls: 47 },
        { ...row, client: 'member', serving: 'member', endpoint: 'local', calls: 53 },
      ],
      problems: [],
    });
  });

  test('gets no calls with --calls 0, and is seen from one cluster with --only', async ({ directory, verify }) => {
    const calls = fakeClusters(directory, fakeMesh());
    const { status, out } = await verify('--calls', '0', '--only', 'member', '--service', 'helloworld.sample');
    expect(status).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(3);
    expect(calls().filter((call) => call.join(' ').includes('curl'))).toEqual([]);
  });

  test('is asked for each fact once, whatever the number of pairs', async ({ directory, verify }) => {
    const calls = fakeClusters(directory, fakeMesh());
    await verify('--calls', '0');
    const all = calls().map((call) => call.join(' '));
    expect(all.length).toBe(new Set(all).size);
  });

  test('is only asked, and each call names its context', async ({ directory, verify }) => {
    const calls = fakeClusters(directory, fakeMesh());
    await verify();
    const others = calls().filter((call) => !isQuestion(call.filter((word) => !word.startsWith('--request-timeout='))));
    expect(others).toEqual([]);
    expect(calls().length).toBeGreaterThan(20);
  });

  test('may be one whose pods call from a named Deployment', async ({ directory, verify }) => {
    const pods = { items: [pod('web-5b8-x2x4z', '10.244.0.7'), pod('sleep-7d4-k8w2q', '10.244.0.9')] };
    const answers = { 'pods?security.istio.io/tlsMode=istio': pods };
    fakeClusters(directory, fakeMesh({ answers }, { answers }));
    expect(await verify('--client', 'sample/sleep')).toMatchObject({ status: 0 });
    const { status, err } = await verify('--client', 'sample/nobody', '--only', 'host');
    expect(status).toBe(1);
    expect(err).toContain('host: sidecar: found no pod with a ready sidecar in Deployment sample/nobody');
  });
});

describe('calls', () => {
  test('that nobody answers', async ({ directory, verify }) => {
    const question = `exec/sleep-7d4-k8w2q http://${helloworld}/`;
    fakeClusters(directory, fakeMesh({ answers: { [question]: '200\n503\n000\n' } }));
    const { status, err } = await verify('--only', 'host');
    expect(status).toBe(1);
    expect(err).toContain(`only 1 of 100 calls to ${helloworld} were answered`);
  });

  test('of which an endpoint receives none', async ({ directory, verify }) => {
    const endpoints = [
      'helloworld 5000 10.244.0.5:5000',
      'helloworld 5000 203.0.113.10:15443',
      'sleep 80 10.244.0.9:80',
      'sleep 80 203.0.113.10:15443',
    ];
    fakeClusters(
      directory,
      fakeMesh({
        answers: { [`${envoyQuestion} after calls`]: envoyText(endpoints), [envoyQuestion]: envoyText(endpoints) },
      }),
    );
    const { status, err } = await verify('--only', 'host');
    expect(status).toBe(1);
    expect(err).toContain(`host: none of 100 calls to ${helloworld} went to member (gateway-address:member:15443)`);
  });

  test('of which an endpoint with little weight may receive none', async ({ directory, verify }) => {
    const endpoints = (own: string): string =>
      envoyText([
        `helloworld 5000 10.244.0.5:5000 ${own} 90`,
        'helloworld 5000 203.0.113.10:15443 0 10',
        'sleep 80 10.244.0.9:80',
        'sleep 80 203.0.113.10:15443',
      ]);
    const answers = { [envoyQuestion]: endpoints('0'), [`${envoyQuestion} after calls`]: endpoints('100') };
    fakeClusters(directory, fakeMesh({ answers }));
    expect(await verify('--only', 'host')).toMatchObject({ status: 0 });
  });

  test('to a gateway that leads to two clusters are counted once', async ({ directory, verify, edit }) => {
    edit('endpoints.tsv', (text) => `${text}all\tmember\tnetwork2\tmember\n`);
    fakeClusters(directory, fakeMesh());
    const { status, out } = await verify('--only', 'host', '--service', 'helloworld');
    expect(status).toBe(0);
    expect([...out.matchAll(/(53|47|-)$/gm)].map(([count]) => count)).toEqual(['53', '47', '-']);
  });

  test('that no pod can make', async ({ directory, verify }) => {
    const answers = { 'exec/sleep-7d4-k8w2q command -v curl': undefined };
    fakeClusters(directory, fakeMesh({ answers }));
    const { status, err } = await verify('--only', 'host');
    expect(status).toBe(1);
    expect(err).toContain('host: no pod with a sidecar has curl');
    expect(err).toContain('--client NAMESPACE/DEPLOYMENT');
  });
});

describe('a cluster', () => {
  test('that is not the one of the plan is asked nothing else', async ({ directory, verify, edit }) => {
    const other = '00000000-0000-4000-8000-000000000000';
    edit('plan.json', (text) =>
      text.replaceAll('"kubeContext":"host","uid":null', `"kubeContext":"host","uid":"${other}"`),
    );
    edit('plan.tsv', (text) => text.replaceAll('\thost\thost\t-\t', `\thost\thost\t${other}\t`));
    const calls = fakeClusters(directory, fakeMesh());
    const { status, out, err } = await verify();
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(`host: context host is the cluster ${meshUids[0]}, expected ${other}`);
    expect(calls()).toHaveLength(2);
  });

  test('that is not reached fails as JSON, too, with the reason', async ({ directory, verify }) => {
    const { host } = fakeMesh();
    const error = 'Warning: old\n\u001b[31mconnection refused\u202e\n';
    fakeClusters(directory, { host: host ?? { answers: {} }, member: { answers: {}, error } });
    const { status, out, err } = await verify('--json');
    expect({ status, err }).toEqual({ status: 1, err: '' });
    expect(JSON.parse(out)).toEqual({
      ok: false,
      endpoints: [],
      problems: [
        {
          problem: 'member: context member does not answer: \\u{1b}[31mconnection refused\\u{202e}',
          fix: 'correct the kubeconfig, or name another context: --context member=CONTEXT',
        },
      ],
    });
  });

  test('that is another one of the plan is refused', async ({ directory, verify }) => {
    fakeClusters(directory, fakeMesh());
    const { status, err } = await verify('--context', 'member=host');
    expect(status).toBe(1);
    expect(err).toContain(`member and host are one cluster, ${meshUids[0]}`);
  });
});

test('wrong use ends with 2, and asks no cluster', async ({ directory, verify }) => {
  const calls = fakeClusters(directory, fakeMesh());
  for (const words of [
    '--nonsense',
    '--calls x',
    '--calls 08',
    '--path hello',
    '--client sleep',
    '--client sample/-x',
    '--service nobody',
    '--only nobody',
    '--only --x',
    '--calls',
    '--timeout 0',
    '--context edge=x',
    'more',
  ])
    expect(await verify(...words.split(' ')), words).toMatchObject({ status: 2, out: '' });
  const { out } = await verify('--json', '--only', 'nobody');
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    endpoints: [],
    problems: [{ problem: expect.stringContaining('nobody') }],
  });
  expect(calls()).toEqual([]);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { parseClusters } from '../../operations/verify/proxies/envoy.ts';
import { fakeClusters } from '../support/clusters/fake-clusters.ts';
import { envoyQuestion, envoyText, fakeMesh, pod, readyPodsQuestion, slice } from '../support/clusters/fake-mesh.ts';
import { test } from '../support/clusters/verify-run.ts';

const terminalCode = '\u001b[31m\u202e';
const command = '$(touch stolen)';
const call = 'exec/sleep-7d4-k8w2q http://helloworld.sample.svc.cluster.local:5000/';
const pods = 'pods?security.istio.io/tlsMode=istio';

/** Answers that no healthy server gives. Each is named as a problem, and none is shown or run. */
const hostile: Readonly<Record<string, readonly [question: string, answer: unknown, problem: RegExp]>> = {
  'a UID': ['namespace/kube-system', { metadata: { uid: command } }, /: context \w+ does not answer/],
  'names of Secrets': [
    'secrets?istio/multiCluster=true',
    { items: [{ metadata: { name: `${terminalCode} ${command}` } }] },
    /remote secret: host does not tell its remote secrets/,
  ],
  'the name of an istiod': [
    'pods?app=istiod',
    {
      items: [{ metadata: { name: '--kubeconfig=evil' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } }],
    },
    /host does not tell whether its istiod reads member: its answer has another form/,
  ],
  'the clusters of an istiod': [
    'exec/istiod-0 /debug/clusterz',
    '<html>evil</html>',
    /host does not tell whether its istiod reads member/,
  ],
  'a network': [
    'namespace/istio-system',
    { metadata: { labels: { 'topology.istio.io/network': ['evil'] } } },
    /does not tell that of namespace istio-system/,
  ],
  'the address of a gateway': [
    'service/istio-eastwestgateway',
    { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{ ip: '10.0.0.1,global.hub=evil' }] } } },
    /network label: \w+ does not tell that of its gateway/,
  ],
  'the number of pods of a gateway': [
    'deployment/istio-eastwestgateway',
    { status: { availableReplicas: '1e9' } },
    /gateway: \w+ does not tell the pods of its gateway/,
  ],
  'the root': [
    'configmap/istio-ca-root-cert',
    { data: { 'root-cert.pem': { evil: true } } },
    /root: \w+ does not tell the root that its pods trust/,
  ],
  'the name of a pod': [
    pods,
    { items: [pod('--kubeconfig=evil', '10.244.0.9')] },
    /sidecar: \w+ does not tell its pods/,
  ],
  'the name of a pod that a shell would run': [
    pods,
    { items: [pod(`sleep-7d4-${command}`, '10.244.0.9')] },
    /sidecar: \w+ does not tell its pods/,
  ],
  'the address of a pod': [pods, { items: [pod('sleep-7d4-k8w2q', command)] }, /sidecar: \w+ does not tell its pods/],
  'the address of an endpoint': [
    readyPodsQuestion,
    { items: [slice('helloworld', 'evil'), slice('sleep', '10.244.0.9')] },
    /is also called at 10\.244\.0\.5:5000, where nothing is expected/,
  ],
  'the number of calls that Envoy has counted': [
    envoyQuestion,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell would run it
    envoyText(['helloworld 5000 10.244.0.5:5000 BASHPID[$(touch${IFS}stolen)]']),
    /: the proxy of pod sample\/sleep-7d4-k8w2q does not answer: its answer has another form/,
  ],
  'more answers than calls': [
    call,
    '200\n'.repeat(1_000_000),
    /: only 0 of 100 calls to .* were answered: its answer has another form/,
  ],
  'answers that are no numbers': [
    call,
    `200\n${command}\n${terminalCode}evil\n`,
    /: only 0 of 100 calls to .* were answered: its answer has another form/,
  ],
};

describe('an answer that is none', () => {
  test.for(Object.keys(hostile))('%s', async (name, { directory, verify }) => {
    const [question = '', answer, problem] = hostile[name] ?? [];
    const changes = { answers: { [question]: answer } };
    fakeClusters(directory, fakeMesh(changes, changes));
    const { status, out } = await verify('--json', '--only', 'host');
    expect(status).toBe(1);
    const { ok, problems } = JSON.parse(out) as { readonly ok: boolean; readonly problems: readonly object[] };
    expect({ ok, problems }).toEqual({
      ok: false,
      problems: expect.arrayContaining([{ problem: expect.stringMatching(problem ?? /^$/), fix: expect.any(String) }]),
    });
    for (const text of ['evil', 'stolen', '\u001b', '\u202e']) expect(out).not.toContain(text);
    expect(existsSync('stolen') || existsSync(join(directory, 'stolen'))).toBe(false);
  });
});

describe('the list of an Envoy', () => {
  const start = 'outbound|80||web.shop.svc.cluster.local::10.0.0.1:80::rq_total::';

  test.for([
    '08',
    '-1',
    '+1',
    '1e9',
    '0x10',
    ' 1',
    '1 ',
    '',
    '1.5',
    '٣',
    'NaN',
    'BASHPID[$(id)]',
    '9'.repeat(16),
    '1'.repeat(2_000_000),
  ])('has no number %s', (number) => {
    expect(parseClusters(`${start}${number}\n`)).toEqual({ kind: 'failed', reason: 'its answer has another form' });
  });

  test.for([
    'outbound|80|v1|web.shop.svc.cluster.local::10.0.0.1:80::rq_total::1',
    'outbound|80||web.shop.svc.cluster.local::evil:80::rq_total::x',
    'outbound|80||web.shop.svc.cluster.local::envoy://connect_originate/10.0.0.1:80::rq_total::1',
    'inbound|80||::10.0.0.1:80::rq_total::1',
    'xds-grpc::10.0.0.1:80::weight::1',
  ])('has no endpoint of ours in %s', (line) => {
    expect(parseClusters(line)).toEqual({ kind: 'found', value: new Map() });
  });

  test('has IPv6 addresses', () => {
    const text = 'outbound|80||web.shop.svc.cluster.local::[2001:db8::7]:15443::weight::3';
    const endpoint = { text: '[2001:db8::7]:15443', ip: '2001:db8::7', port: 15443, weight: 3, priority: 0, calls: 0 };
    expect(parseClusters(text)).toEqual({
      kind: 'found',
      value: new Map([['80|web.shop.svc.cluster.local', [endpoint]]]),
    });
  });
});

test('a program in a pod that hangs ends in time', async ({ directory, verify }) => {
  fakeClusters(directory, fakeMesh({ answers: { [envoyQuestion]: 'HANGS' } }));
  const { status, err } = await verify('--only', 'host', '--calls', '0', '--request-timeout', '1');
  expect(status).toBe(1);
  expect(err).toContain('host: the proxy of pod sample/sleep-7d4-k8w2q does not answer: it takes too long');
});

test('a label reaches the terminal as harmless text', async ({ directory, verify }) => {
  const metadata = { labels: { 'topology.istio.io/network': `x"\\${terminalCode}\n${'y'.repeat(500)}` } };
  fakeClusters(directory, fakeMesh({}, { answers: { 'namespace/istio-system': { metadata } } }));
  const { status, out } = await verify('--json', '--calls', '0');
  expect(status).toBe(1);
  const { problems } = JSON.parse(out) as { readonly problems: readonly { readonly problem: string }[] };
  expect(problems[0]?.problem).toMatch(
    /^network label: member: namespace\/istio-system has .*=x"\\\\u\{1b\}\[31m\\u\{202e\}\\u\{a\}y{50,120}, expected network2$/,
  );
});

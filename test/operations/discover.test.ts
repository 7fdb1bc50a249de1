import { X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, describe, expect } from 'vitest';
import { parse } from 'yaml';
import { fakeClusters, healthyCluster } from '../support/clusters/fake-clusters.ts';
import { type CommandRun, runCommand } from '../support/run-command.ts';

// A certificate has no secret part; its key is gone.
const root = `-----BEGIN CERTIFICATE-----
MIIBdTCCARugAwIBAgIUZF4aVYicg9FzY4RAWnYevM0oLj4wCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEcm9vdDAgFw0yNjExMjgxNDE1MjJaGA8yMTI2MTEwNDE0MTUy
MlowDzENMAsGA1UEAwwEcm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOOn
I9mrwmo+HYrT3MOARNfVfm+KjVA1gxqCbMkafmeN1bAU0SBEeiANfw48NTj+RoFW
jcNu0/73dyvCZeLa53ujUzBRMB0GA1UdDgQWBBQ1r9fqXEEDndZIQXR1Axtltv2o
DDAfBgNVHSMEGDAWgBQ1r9fqXEEDndZIQXR1Axtltv2oDDAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCIQD2Oex3tJWfNFgYvsOF3bz2Imjxem1+ecSP
uRCaT0K8mwIgRZ3Npfi027zz9z9AecZnBCPvxlm7+PNJ1ScO0n4FNrI=
-----END CERTIFICATE-----
`;

const uids = ['10625018-0000-4000-8000-000000000000', '43f55a35-0000-4000-8000-000000000000'] as const;

const declaration = `name: demo
istio: {version: 1.31.4, topology: multi-primary}
federation: {engine: plain}
clusters:
  - {name: host, role: host, network: network1}
  - {name: member, role: member, network: network2}
workloads: []
`;

interface Fixtures {
  /** A project with an output of two clusters. */
  readonly project: string;
  /** Runs `mesh-federation discover` in it. */
  readonly discover: (...words: string[]) => Promise<CommandRun>;
}

const test = base.extend<Fixtures>({
  project: async ({ task: _ }, use) => {
    const project = mkdtempSync(join(tmpdir(), 'mesh-federation-discover-'));
    writeFileSync(join(project, 'federation.yaml'), declaration);
    await runCommand(['synth', '-f', join(project, 'federation.yaml')]);
    await use(project);
    rmSync(project, { recursive: true });
  },
  discover: ({ project }, use) =>
    use((...words) => runCommand(['discover', '-f', join(project, 'federation.yaml'), ...words])),
});

const lockOf = (project: string): string => join(project, 'federation.lock.yaml');
const healthy = (changes: Readonly<Record<string, unknown>> = {}) => ({
  host: healthyCluster(uids[0], changes),
  member: healthyCluster(uids[1], changes),
});

describe('the lock', () => {
  test('has each cluster with its facts, and an IP address before a hostname', async ({ project, discover }) => {
    const calls = fakeClusters(project, healthy());
    expect(await discover()).toMatchObject({ status: 0, out: '' });
    expect(readFileSync(lockOf(project), 'utf8')).toBe(`# Observed by mesh-federation discover; do not edit.
clusters:
  host:
    uid: "${uids[0]}"
    kubernetesVersion: "v1.34.4"
    gatewayAddress: "203.0.113.10"
  member:
    uid: "${uids[1]}"
    kubernetesVersion: "v1.34.4"
    gatewayAddress: "203.0.113.10"
`);
    // It only reads, names the context in each call, and gives each a limit.
    for (const call of calls()) {
      expect(call[0]).toMatch(/^--context=(host|member)$/);
      expect(call.slice(1, 3)).toEqual(['--request-timeout=30s', 'get']);
    }
    // Synth takes it.
    expect((await runCommand(['synth', '-f', join(project, 'federation.yaml')])).status).toBe(0);
  });

  test('has a hostname in small letters, and an IPv6 address', async ({ project, discover }) => {
    for (const [found, expected] of [
      [{ hostname: 'LB.Example.COM' }, 'lb.example.com'],
      [{ ip: '2001:db8::1' }, '2001:db8::1'],
    ] as const) {
      const service = { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [found] } } };
      fakeClusters(project, healthy({ 'service/istio-eastwestgateway': service }));
      expect(await discover()).toMatchObject({ status: 0 });
      expect(readFileSync(lockOf(project), 'utf8')).toContain(`gatewayAddress: "${expected}"`);
      expect((await runCommand(['synth', '-f', join(project, 'federation.yaml')])).status).toBe(0);
    }
  });

  test('is beside the declaration itself where a link leads to it', async ({ project }) => {
    fakeClusters(project, healthy());
    const link = join(project, 'link');
    symlinkSync('.', link);
    expect(await runCommand(['discover', '-f', join(link, 'federation.yaml')])).toMatchObject({ status: 0 });
    mkdirSync(join(project, 'other'));
    symlinkSync('../federation.yaml', join(project, 'other/mine.yaml'));
    rmSync(lockOf(project));
    expect(await runCommand(['discover', '-f', join(project, 'other/mine.yaml')])).toMatchObject({ status: 0 });
    expect(existsSync(lockOf(project))).toBe(true);
  });

  test('is written whatever an ended run has left behind, which stays', async ({ project, discover }) => {
    fakeClusters(project, healthy());
    const part = `${lockOf(project)}.${process.pid}.part`;
    writeFileSync(part, 'former');
    expect(await discover()).toMatchObject({ status: 0 });
    expect(readFileSync(part, 'utf8')).toBe('former');
  });

  test('is one that synth reads, whatever the names of the clusters', async ({ project, discover }) => {
    const [host, member] = ['null', '1e3'];
    const odd = declaration.replace('name: host', `name: "${host}"`).replace('name: member', `name: "${member}"`);
    writeFileSync(join(project, 'federation.yaml'), odd);
    rmSync(join(project, 'dist'), { recursive: true });
    expect(await runCommand(['synth', '-f', join(project, 'federation.yaml')])).toMatchObject({ status: 0 });
    fakeClusters(project, { [host]: healthyCluster(uids[0]), [member]: healthyCluster(uids[1]) });
    expect(await discover()).toMatchObject({ status: 0 });
    expect(await runCommand(['synth', '-f', join(project, 'federation.yaml')])).toMatchObject({ status: 0 });
  });

  test('has the root certificate, and no key is asked for', async ({ project, discover }) => {
    const data = { 'root-cert.pem': Buffer.from(root).toString('base64'), 'ca-key.pem': 'c2VjcmV0' };
    const calls = fakeClusters(project, healthy({ 'secret/cacerts': { data } }));
    await discover();
    const { clusters } = parse(readFileSync(lockOf(project), 'utf8')) as Record<string, Record<string, object>>;
    const rootFingerprint = new X509Certificate(root).fingerprint256.replaceAll(':', '').toLowerCase();
    expect(clusters?.member).toMatchObject({ rootFingerprint });
    const ofSecrets = calls().filter((call) => call.includes('secret'));
    expect(ofSecrets.map((call) => call.find((word) => word.startsWith('--output=')))).toEqual(
      ofSecrets.map(() => expect.stringContaining('index .data "root-cert.pem"')),
    );
  });

  test('leaves out a leaving cluster that holds nothing any more, and keeps one that does', async ({
    project,
    discover,
  }) => {
    const leaving = declaration.replace('network: network2', 'network: network2, state: leaving');
    writeFileSync(join(project, 'federation.yaml'), leaving);
    await runCommand(['synth', '-f', join(project, 'federation.yaml')]);
    fakeClusters(project, healthy());
    expect((await discover()).err).toContain('member has left: it holds nothing of demo any more');
    expect(readFileSync(lockOf(project), 'utf8')).not.toContain('member');
    const labels = { 'mesh-federation.io/federation': 'demo' };
    const record = {
      metadata: { name: 'mesh-federation-demo', uid: uids[0], resourceVersion: '1', labels },
      data: { cluster: 'member' },
    };
    fakeClusters(project, healthy({ 'configmaps?app.kubernetes.io/managed-by=mesh-federation': { items: [record] } }));
    await discover();
    expect(readFileSync(lockOf(project), 'utf8')).toContain('member');
  });

  test('says that a context is another cluster than before', async ({ project, discover }) => {
    fakeClusters(project, healthy());
    await discover();
    await runCommand(['synth', '-f', join(project, 'federation.yaml')]);
    const { host, member } = healthy();
    fakeClusters(project, { host: member, member: host });
    expect((await discover()).err).toContain(
      `host is another cluster than before: its UID is ${uids[1]}, and was ${uids[0]}`,
    );
  });
});

describe('nothing is written', () => {
  const hostile: Readonly<Record<string, unknown>> = {
    'namespace/kube-system': { metadata: { uid: '$(touch pwned)' } },
    '/version': '<html>',
    'service/istio-eastwestgateway': {
      spec: { type: 'LoadBalancer' },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.10,global.hub=evil' }] } },
    },
    'secret/cacerts': { data: { 'root-cert.pem': 'bm8gY2VydGlmaWNhdGU=' } },
  };

  test.for(Object.keys(hostile))('where the answer to %s is none', async (question, { project, discover }) => {
    writeFileSync(lockOf(project), 'former');
    fakeClusters(project, {
      host: healthyCluster(uids[0]),
      member: healthyCluster(uids[1], { [question]: hostile[question] }),
    });
    const { status, err } = await discover();
    expect(status).toBe(1);
    expect(err).toMatch(/^1 of the clusters did not tell its facts; nothing was written\n {2}member does not /);
    // Another context helps only where the cluster is not reached.
    expect(err.includes('--context member=CONTEXT')).toBe(question === 'namespace/kube-system');
    expect(err).toContain('\n    fix: ');
    expect(err).not.toMatch(/evil|html|pwned/);
    expect(readFileSync(lockOf(project), 'utf8')).toBe('former');
  });

  test.for(['-rf', 'a_b.c', 'fe80::1%eth0', '999.1.1.1', '0.0.0.0', '::', '*.example.com', `${'a'.repeat(64)}.com`])(
    'where the address of a gateway is %s',
    async (address, { project, discover }) => {
      writeFileSync(lockOf(project), 'former');
      const types = [
        { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{ hostname: address }] } } },
        { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{ ip: address }] } } },
        { spec: { type: 'ClusterIP', externalIPs: [address] } },
      ];
      for (const service of types) {
        const member = healthyCluster(uids[1], { 'service/istio-eastwestgateway': service });
        fakeClusters(project, { host: healthyCluster(uids[0]), member });
        const { status, err } = await discover();
        expect(status).toBe(1);
        expect(err).toContain('member does not tell the address of its gateway: its Service has one that is neither');
        expect(err).toContain('fix: correct the address of the Service');
      }
      expect(readFileSync(lockOf(project), 'utf8')).toBe('former');
    },
  );

  test.for(['v1.34.4+', 'v1.34.'])(
    'where a version without end begins with %s',
    async (text, { project, discover }) => {
      const gitVersion = `${text}${'1'.repeat(20 * 1024 * 1024)}`;
      fakeClusters(project, healthy({ '/version': { gitVersion } }));
      const { status, err } = await discover();
      expect(status).toBe(1);
      expect(err).toContain('2 of the clusters did not tell their facts');
      expect(err).toContain('member does not tell its version: its answer has another form');
      expect(err.length).toBeLessThan(2000);
      expect(existsSync(lockOf(project))).toBe(false);
    },
  );

  test('where a fact may not be read', async ({ project, discover }) => {
    const errors = { 'secret/cacerts': 'Error from server (Forbidden): secrets "cacerts" is forbidden' };
    const { host, member } = healthy();
    fakeClusters(project, { host, member: { ...member, errors } });
    const { err } = await discover();
    expect(err).toContain('member does not tell its root certificate: Error from server (Forbidden)');
    expect(err).toContain('fix: check what the user of context member may read');
    expect(err).not.toContain('--context');
  });

  test('where the plan is larger than any that synth writes, or is a link', async ({ project, discover }) => {
    const calls = fakeClusters(project, healthy());
    const plan = join(project, 'dist/plan.json');
    truncateSync(plan, 128 * 1024 * 1024 + 1);
    const large = await discover();
    expect(large).toMatchObject({ status: 1, err: expect.stringContaining('plan.json has more than 128 MB') });
    rmSync(plan);
    symlinkSync('plan.tsv', plan);
    expect(await discover()).toMatchObject({ status: 1, err: expect.stringContaining('plan.json cannot be read') });
    expect(calls()).toEqual([]);
  });

  test('where two contexts lead to one cluster', async ({ project, discover }) => {
    writeFileSync(lockOf(project), 'former');
    fakeClusters(project, { host: healthyCluster(uids[0]), member: healthyCluster(uids[0]) });
    const { status, err } = await discover();
    expect(status).toBe(1);
    expect(err).toContain(`host and member are one cluster: the UID of both is ${uids[0]}`);
    expect(err).toContain('--context member=CONTEXT');
    expect(readFileSync(lockOf(project), 'utf8')).toBe('former');
  });

  test('where the plan has no cluster, or is of two federations', async ({ project, discover }) => {
    const calls = fakeClusters(project, healthy());
    writeFileSync(lockOf(project), 'former');
    const [plan, table] = [join(project, 'dist/plan.json'), join(project, 'dist/plan.tsv')];
    const text = readFileSync(plan, 'utf8');
    writeFileSync(plan, text.replace('"federation":"demo","declaration"', '"federation":"other","declaration"'));
    expect(await discover()).toMatchObject({
      status: 1,
      err: expect.stringContaining('plan.json is of federation other, but its preflight is of demo'),
    });
    writeFileSync(plan, `${text.split('"steps":[')[0]}"steps":[]}`);
    writeFileSync(table, `${readFileSync(table, 'utf8').split('\n')[0]}\n`);
    expect(await discover()).toMatchObject({ status: 1, err: expect.stringContaining('has no cluster') });
    expect(readFileSync(lockOf(project), 'utf8')).toBe('former');
    expect(calls()).toEqual([]);
  });

  test('where a cluster is not reached, and what it says cannot reach the terminal', async ({ project, discover }) => {
    const error = 'Warning: old\n\u001b[31mconnection refused\u202e\u0007\n';
    fakeClusters(project, { host: healthyCluster(uids[0]), member: { answers: {}, error } });
    const { status, err } = await discover();
    expect(status).toBe(1);
    expect(err).toContain('member does not answer: \\u{1b}[31mconnection refused\\u{202e}\\u{7}\n');
    expect(existsSync(lockOf(project))).toBe(false);
  });

  test('where a cluster hangs, or answers without end', async ({ project, discover }) => {
    fakeClusters(project, {
      host: { answers: {}, behaviour: 'hangs' },
      member: { answers: {}, behaviour: 'floods' },
    });
    const { status, err } = await discover('--request-timeout', '2');
    expect(status).toBe(1);
    expect(err).toContain('host does not answer: it takes too long');
    expect(err).toContain('member does not answer: its answer is too long');
  });

  test('where the output is of another declaration, or is none, or is not what people have reviewed', async ({
    project,
    discover,
  }) => {
    const other = join(project, 'other.yaml');
    writeFileSync(other, declaration);
    const calls = fakeClusters(project, healthy());
    expect((await runCommand(['discover', '-f', other])).err).toContain('is the output of federation.yaml, not of');
    // It notices this before it asks anybody.
    expect(calls()).toEqual([]);
    expect((await discover('-o', project)).err).toContain('plan.json is missing: synthesize first');
    const plan = join(project, 'dist/plan.json');
    const text = readFileSync(plan, 'utf8');
    for (const [part, changed, message] of [
      ['"kubeContext":"member"', '"kubeContext":"other"', 'plan.json is not the plan of plan.tsv'],
      ['"kubeContext":"member"', '"kubeContext":"--kubeconfig=x"', 'this version cannot read plan.json, steps.'],
      ['"format":1', '"format":2', 'this version cannot read plan.json, format'],
      ['{', '[', 'this version cannot read plan.json;'],
    ] as const) {
      writeFileSync(plan, text.replaceAll(part, changed));
      expect(await discover()).toMatchObject({ status: 1, err: expect.stringContaining(message) });
    }
    expect(existsSync(lockOf(project))).toBe(false);
  });
});

test('wrong use ends with 2', async ({ discover }) => {
  for (const words of [['--context', 'host'], ['--context', 'host=--x'], ['--parallel', '0'], ['--lock'], ['more']])
    expect(await discover(...words)).toMatchObject({ status: 2 });
});

test('a context is one of the clusters', async ({ project, discover }) => {
  fakeClusters(project, { other: healthyCluster(uids[0]), member: healthyCluster(uids[1]) });
  expect((await discover('--context', 'edge=x')).err).toContain('no cluster edge: its clusters are host, member');
  expect(await discover('--context', 'host=other')).toMatchObject({ status: 0 });
});

import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, describe, expect } from 'vitest';
import { parse } from 'yaml';
import { readTree } from '../support/files.ts';
import { type CommandRun, runCommand } from '../support/run-command.ts';

const root = join(import.meta.dirname, '../..');

interface Fixtures {
  /** An empty directory. */
  readonly directory: string;
  /** Runs the command in this process. */
  readonly run: (...words: string[]) => Promise<CommandRun>;
  /** Runs it on a terminal with colours. */
  readonly runOnTerminal: (...words: string[]) => Promise<CommandRun>;
}

const test = base.extend<Fixtures>({
  directory: async ({ task: _ }, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-command-'));
    await use(directory);
    rmSync(directory, { recursive: true });
  },
  run: ({ task: _ }, use) => use((...words) => runCommand(words)),
  runOnTerminal: ({ task: _ }, use) => use((...words) => runCommand(words, { isInteractive: true })),
});

const demo = `name: demo
istio: {version: 1.31.4}
federation: {engine: plain}
clusters:
  - {name: host, role: host, network: network1}
  - {name: member, role: member, network: network2}
workloads: []
`;

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

describe('wrong use exits with 2 and names the right use', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['', 'Usage: mesh-federation'],
    ['synt', 'Did you mean synth?'],
    ['synth --chek', 'Did you mean --check?'],
    ['synth more', 'too many arguments'],
    ['synth -f', 'argument missing'],
    ['init', "missing required argument 'directory'"],
    ['init x --engine kubfed', 'Allowed choices are kubefed, karmada, plain'],
    ['init x --clusters a,b --from-kubeconfig', 'cannot be used with option'],
  ];

  test.for(wrong)('%s', async ([words, message], { run }) => {
    const { status, out, err } = await run(...words.split(' ').filter((word) => word !== ''));
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});

test('help and the version are no mistakes', async ({ run }) => {
  for (const words of [['--help'], ['synth', '--help'], ['init', '-h'], ['help', 'synth']])
    expect(await run(...words)).toMatchObject({ status: 0, err: '', out: expect.stringContaining('Usage:') });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(await run('--version')).toEqual({ status: 0, out: `${version}\n`, err: '' });
});

describe('synth', () => {
  test('writes into the directory of the declaration, or of cdk8s.yaml above it, or of -o', async ({
    directory,
    run,
  }) => {
    write(directory, { 'one/federation.yaml': demo, 'two/deep/federation.yaml': demo, 'two/cdk8s.yaml': '' });
    expect((await run('synth', '-f', join(directory, 'one/federation.yaml'))).status).toBe(0);
    expect((await run('synth', '-f', join(directory, 'two/deep/federation.yaml'))).status).toBe(0);
    expect(
      (await run('synth', '-f', join(directory, 'one/federation.yaml'), '-o', join(directory, 'three'))).status,
    ).toBe(0);
    expect(readdirSync(join(directory, 'one')).sort()).toEqual(['dist', 'federation.yaml']);
    expect(readdirSync(join(directory, 'two')).sort()).toEqual(['cdk8s.yaml', 'deep', 'dist']);
    expect(readTree(join(directory, 'three'))).toEqual(readTree(join(directory, 'one/dist')));
  });

  test('--check names the stale files, and writes nothing', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    write(directory, { 'federation.yaml': demo });
    expect(await run('synth', '-f', file, '--check')).toMatchObject({
      status: 1,
      err: expect.stringContaining('missing  apply.sh'),
    });
    expect(readdirSync(directory)).toEqual(['federation.yaml']);
    await run('synth', '-f', file);
    expect(await run('synth', '-f', file, '--check')).toMatchObject({
      status: 0,
      err: expect.stringContaining('is up to date'),
    });
    write(directory, { 'dist/host/inventory.json': '{}', 'dist/mine.txt': '' });
    const before = readTree(directory);
    const { status, err } = await run('synth', '-f', file, '--check');
    expect(status).toBe(1);
    expect(err).toMatch(/ 2 of \d+ files differ\n {2}changed {2}host\/inventory\.json\n {2}extra {4}mine\.txt\n/);
    expect(readTree(directory)).toEqual(before);
  });

  test('a mistake does not hide that a killed synth has taken the output away', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    write(directory, { 'federation.yaml': demo });
    await run('synth', '-f', file);
    const before = readTree(join(directory, 'dist'));
    mkdirSync(join(directory, `.dist-${spawnSync('true').pid}-abc123`));
    renameSync(join(directory, 'dist'), join(directory, readdirSync(directory)[0] ?? '', 'former'));
    write(directory, { 'federation.yaml': 'name: 7\n' });
    expect((await run('synth', '-f', file)).status).toBe(1);
    expect(readTree(join(directory, 'dist'))).toEqual(before);
    expect(readdirSync(directory).sort()).toEqual(['dist', 'federation.yaml']);
  });

  test('--strict fails on a warning, and writes nothing', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    write(directory, { 'federation.yaml': demo.replace('1.31.4', '1.29.1') });
    const { status, err } = await run('synth', '-f', file, '--strict');
    expect(status).toBe(1);
    expect(err).toContain('with --strict, warnings fail: nothing was written');
    expect(readdirSync(directory)).toEqual(['federation.yaml']);
    expect((await run('synth', '-f', file)).status).toBe(0);
  });

  test('--json prints one document for every outcome', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    const keys = ['formatVersion', 'ok', 'outcome', 'message', 'problems', 'warnings', 'directory', 'summary', 'stale'];
    const outcomes: Readonly<Record<string, () => Promise<CommandRun>>> = {
      stale: () => run('synth', '-f', file, '--json', '--check'),
      written: () => run('synth', '-f', file, '--json'),
      current: () => run('synth', '-f', file, '--json', '--check'),
      mistake: () => run('synth', '-f', file, '--json', '-o', '/dev/null/dist'),
      refused: () => run('synth', '-f', join(directory, 'nothing.yaml'), '--json'),
    };
    write(directory, { 'federation.yaml': demo });
    for (const [outcome, act] of Object.entries(outcomes)) {
      const { status, out, err } = await act();
      const document = JSON.parse(out) as Record<string, unknown>;
      expect(Object.keys(document)).toEqual(keys);
      expect(document).toMatchObject({ outcome, ok: status === 0 });
      expect(err).toBe('');
    }
    write(directory, { 'federation.yaml': 'name: 7\n' });
    const { problems } = JSON.parse((await run('synth', '-f', file, '--json')).out) as { problems: readonly object[] };
    expect(problems).toContainEqual({
      at: { file: 'federation.yaml', line: 1, column: 7 },
      path: 'name',
      rule: 'name-is-a-dns-label',
      got: '7',
      expected: expect.any(String),
      fix: expect.any(String),
    });
  });

  test('a problem shows its line with a caret, even below wide and hidden characters', async ({ directory, run }) => {
    write(directory, { 'federation.yaml': demo.replace('network: network2', 'x: "成\u202e", netwrk: b') });
    const { err } = await run('synth', '-f', join(directory, 'federation.yaml'));
    const lines = err.split('\n');
    const at = lines.findIndex((line) => line.includes('netwrk  [key-is-known]'));
    expect(lines[at + 1]).toBe('  6 |   - {name: member, role: member, x: "成\\u{202e}", netwrk: b}');
    // The character of two columns moves the caret by one more.
    expect(lines[at + 2]?.indexOf('^')).toBe((lines[at + 1]?.indexOf('netwrk') ?? 0) + 1);
  });

  test('no line of a file with a Secret is shown', async ({ directory, run }) => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {password: hunter2}\n';
    const workload = 'workloads: [{name: a, namespace: a, delivery: direct, manifests: [a.yaml]}]\n';
    write(directory, { 'federation.yaml': demo.replace('workloads: []\n', workload), 'a.yaml': secret });
    const { status, err } = await run('synth', '-f', join(directory, 'federation.yaml'));
    expect(status).toBe(1);
    expect(err).toContain('a.yaml:2');
    expect(err).not.toContain('hunter2');
    expect(err).not.toContain('| kind: Secret');
  });

  test('colours and progress are for terminals', async ({ directory, run, runOnTerminal }) => {
    const file = join(directory, 'federation.yaml');
    write(directory, { 'federation.yaml': 'name: 7\n' });
    expect((await run('synth', '-f', file)).err).not.toContain('\u001b');
    expect((await runOnTerminal('synth', '-f', file)).err).toContain('\u001b[1mfederation.yaml:1:7\u001b[22m');
    expect((await runOnTerminal('synth', '-f', file)).err).toContain(`reading ${file} ...`);
    expect((await runOnTerminal('synth', '-f', file, '--json')).err).toBe('');
  });

  test('takes the same workloads from a module as from main.ts', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    write(directory, {
      'federation.yaml': demo.replace('workloads: []', 'workloads: [{name: settings, namespace: a}]'),
      'constructs/workloads.ts': `import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
export const workloads = {
  settings: (scope: Construct) => new ApiObject(scope, 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } }),
};
`,
      'other.ts': 'export const nothing = 1;\n',
    });
    expect(await run('synth', '-f', file)).toMatchObject({ status: 0 });
    expect(readFileSync(join(directory, 'dist/member/70-workloads/settings.yaml'), 'utf8')).toContain('a: b');
    const other = await run('synth', '-f', file, '--workloads', join(directory, 'other.ts'));
    expect(other).toMatchObject({ status: 1, err: expect.stringContaining('does not export workloads') });
    const missing = await run('synth', '-f', file, '--workloads', join(directory, 'missing.ts'));
    expect(missing).toMatchObject({ status: 1, err: expect.stringContaining('there is no module') });
  });
});

describe('init', () => {
  const declarationOf = (directory: string): Record<string, unknown> =>
    parse(readFileSync(join(directory, 'federation.yaml'), 'utf8')) as Record<string, unknown>;

  test.for(['kubefed', 'karmada', 'plain'])(
    'makes a declaration without problems for %s',
    async (engine, { directory, run }) => {
      for (const topology of ['multi-primary', 'primary-remote']) {
        const target = join(directory, topology);
        const words = ['init', target, '--clusters', 'east, west,north', '--engine', engine, '--topology', topology];
        expect(await run(...words)).toMatchObject({
          status: 0,
          err: expect.stringMatching(/next: cd .* && npm install\n$/),
        });
        symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'));
        expect(await run('synth', '-f', join(target, 'federation.yaml'), '--strict')).toMatchObject({ status: 0 });
      }
    },
  );

  test('changes no existing file, and names what package.json lacks', async ({ directory, run }) => {
    write(directory, { 'package.json': '{"mine": true}', 'README.md': 'mine' });
    symlinkSync('nowhere', join(directory, 'main.ts'));
    const { status, err } = await run('init', directory, '--yes');
    expect(status).toBe(0);
    expect(err).toContain('kept   package.json');
    expect(err).toContain('add the dependencies, the overrides and the scripts');
    expect(readTree(directory)).toMatchObject({ 'package.json': '{"mine": true}', 'README.md': 'mine' });
    expect(readdirSync(directory)).not.toContain('nowhere');
    const again = readTree(directory);
    expect((await run('init', directory, '--yes')).status).toBe(0);
    expect(readTree(directory)).toEqual(again);
  });

  test('writes through no link', async ({ directory, run }) => {
    mkdirSync(join(directory, 'elsewhere'));
    mkdirSync(join(directory, 'here'));
    symlinkSync('../elsewhere', join(directory, 'here/workloads'));
    expect(await run('init', join(directory, 'here'), '--yes')).toMatchObject({
      status: 1,
      err: expect.stringContaining('is not a directory'),
    });
    expect(readdirSync(join(directory, 'elsewhere'))).toEqual([]);
    expect(readdirSync(join(directory, 'here'))).toEqual(['workloads']);
  });

  test.for(['host,host', 'Host', 'a b', '', 'docs', "a'; rm -rf ~", '--x', 'a'.repeat(64)])(
    'with the clusters %j names the mistake and writes nothing',
    async (clusters, { directory, run }) => {
      const { status, err } = await run('init', join(directory, 'new'), `--clusters=${clusters}`);
      expect(status).toBe(1);
      expect(err).toMatch(/^federation\.yaml: \d+ problems?\n/);
      expect(readdirSync(directory)).toEqual([]);
    },
  );

  test('takes names of contexts from the kubeconfig, and nothing else', async ({ directory, run }) => {
    const contexts = [
      'arn:aws:eks:eu-west-1:123456789012:cluster/shop',
      'gke_project_europe-west1_shop',
      'admin@集群: "one"',
      'other/shop',
      'docs',
      '$(touch pwned)',
    ];
    const kubeconfig = {
      contexts: contexts.map((name) => ({ name, context: { cluster: 'c', user: 'u' } })),
      users: [{ name: 'u', user: { token: 'hunter2' } }],
    };
    write(directory, { kubeconfig: JSON.stringify(kubeconfig) });
    const former = process.env.KUBECONFIG;
    process.env.KUBECONFIG = join(directory, 'kubeconfig');
    try {
      expect(await run('init', join(directory, 'new'), '--from-kubeconfig')).toMatchObject({ status: 0 });
      const { clusters } = declarationOf(join(directory, 'new')) as {
        clusters: { name: string; kubeContext: string }[];
      };
      expect(clusters.map(({ kubeContext }) => kubeContext)).toEqual(contexts);
      expect(new Set(clusters.map(({ name }) => name)).size).toBe(contexts.length);
      expect(clusters[0]?.name).toBe('shop');
      expect(JSON.stringify(readTree(join(directory, 'new')))).not.toContain('hunter2');
      const early = await run('synth', '-f', join(directory, 'new/federation.yaml'));
      expect(early).toMatchObject({
        status: 1,
        err: expect.stringContaining('tsx, which is not installed: npm install'),
      });
      symlinkSync(join(root, 'node_modules'), join(directory, 'new/node_modules'));
      expect(await run('synth', '-f', join(directory, 'new/federation.yaml'))).toMatchObject({ status: 0 });
      process.env.KUBECONFIG = join(directory, 'nothing');
      expect(await run('init', join(directory, 'other'), '--from-kubeconfig')).toMatchObject({
        status: 1,
        err: expect.stringContaining('no context in'),
      });
    } finally {
      if (former === undefined) delete process.env.KUBECONFIG;
      else process.env.KUBECONFIG = former;
    }
  });

  test('names a package by its place, relative to the new repository', async ({ directory, run }) => {
    write(directory, { 'package.tgz': '' });
    await run('init', join(directory, 'deep/new'), '--yes', '--package', join(directory, 'package.tgz'));
    const { dependencies } = JSON.parse(readFileSync(join(directory, 'deep/new/package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies['mesh-federation']).toBe('file:../../package.tgz');
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$|^file:/.test(version))).toEqual([]);
  });
});

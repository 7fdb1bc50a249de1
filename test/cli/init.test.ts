import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { test, writeFiles } from '../support/command-test.ts';
import { readTree } from '../support/files.ts';

const root = join(import.meta.dirname, '../..');

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

  test.for(['argocd', 'flux'])('makes a declaration for %s, with charts', async (gitops, { directory, run }) => {
    const target = join(directory, gitops);
    expect(await run('init', target, '--clusters', 'east,west', '--gitops', gitops)).toMatchObject({ status: 0 });
    expect(declarationOf(target)).toMatchObject({
      istio: { installer: 'helm' },
      gitops: { engine: gitops, repoURL: `https://git.example/platform/${gitops}.git` },
    });
    symlinkSync(join(root, 'node_modules'), join(target, 'node_modules'));
    expect(await run('synth', '-f', join(target, 'federation.yaml'), '--strict')).toMatchObject({ status: 0 });
  });

  test('names the two ways out if a GitOps engine could not know the address of the primary', async ({
    directory,
    run,
  }) => {
    const target = join(directory, 'new');
    const words = ['init', target, '--clusters', 'east,west', '--gitops', 'flux', '--topology', 'primary-remote'];
    expect(await run(...words)).toMatchObject({ status: 1, err: expect.stringContaining('reserve an address') });
    expect(readdirSync(directory)).not.toContain('new');
  });

  test('changes no existing file, and names what package.json lacks', async ({ directory, run }) => {
    writeFiles(directory, { 'package.json': '{"mine": true}', 'README.md': 'mine' });
    symlinkSync('nowhere', join(directory, 'main.ts'));
    const { status, err } = await run('init', directory, '--yes');
    expect(status).toBe(0);
    expect(err).toContain('kept   package.json');
    expect(err).toMatch(
      /next: .*npm pkg set 'scripts\.synth=.* overrides\.backport=.* && npm install --save-exact cdk8s@.* mesh-federation@/,
    );
    expect(readTree(directory)).toMatchObject({ 'package.json': '{"mine": true}', 'README.md': 'mine' });
    expect(readdirSync(directory)).not.toContain('nowhere');
    const again = readTree(directory);
    const second = await run('init', directory, '--clusters', 'east,west');
    expect(second).toMatchObject({ status: 0, err: expect.stringContaining('federation.yaml was there') });
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
      expect(err).toMatch(/^the names of the clusters are wrong\n {2}got {7}"/);
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
    writeFiles(directory, { kubeconfig: JSON.stringify(kubeconfig) });
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

  test.for(['kubefed', 'karmada', 'plain'])(
    'makes a declaration of 120 clusters for %s',
    async (engine, { directory, run }) => {
      const names = Array.from({ length: 120 }, (_, index) => `c${index}`);
      const words = ['--clusters', names.join(','), '--engine', engine];
      expect(await run('init', join(directory, 'new'), ...words)).toMatchObject({ status: 0 });
      const { clusters } = declarationOf(join(directory, 'new')) as { clusters: readonly unknown[] };
      expect(clusters).toHaveLength(120);
    },
  );

  test('says how a directory cannot be used', async ({ directory, run }) => {
    symlinkSync('nowhere/deep', join(directory, 'link'));
    writeFiles(directory, { file: '' });
    for (const [words, message] of [
      [['init', ''], 'the name of the directory is empty'],
      [['init', join(directory, 'new'), '--package', ''], 'the name of the package is empty'],
      [['init', join(directory, 'new'), '--package', ' '], 'the name of the package is empty'],
      [['init', join(directory, 'link')], 'link is a symbolic link to nothing'],
      [['init', join(directory, 'link/new')], 'link is a symbolic link to nothing'],
      [['init', join(directory, 'file')], 'a part of the path is a file'],
    ] as const) {
      const { status, err } = await run(...words, '--yes');
      expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining(message) });
      expect(readdirSync(directory)).toEqual(['file', 'link']);
    }
  });

  test('names the directory as it is', async ({ directory, run }) => {
    const { err } = await run('init', `${directory}/a/b/../c`, '--yes');
    expect(err).toContain(`next: cd ${directory}/a/c && npm install`);
    expect(readdirSync(join(directory, 'a'))).toEqual(['c']);
  });

  test('says that there is no directory for temporary files', async ({ directory, run }) => {
    vi.stubEnv('TMPDIR', join(directory, 'nowhere'));
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await run('init', join(directory, 'new'), '--yes')).toEqual({
      status: 1,
      out: '',
      err: `cannot write ${join(directory, 'nowhere')}: a directory of the path does not exist (ENOENT)\n`,
    });
  });

  test('names a package by its place, relative to the new repository', async ({ directory, run }) => {
    writeFiles(directory, { 'package.tgz': '' });
    await run('init', join(directory, 'deep/new'), '--yes', '--package', join(directory, 'package.tgz'));
    const { dependencies } = JSON.parse(readFileSync(join(directory, 'deep/new/package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies['mesh-federation']).toBe('file:../../package.tgz');
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$|^file:/.test(version))).toEqual([]);
  });
});

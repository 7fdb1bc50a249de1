import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, vi } from 'vitest';
import { parse } from 'yaml';
import { test, writeFiles } from '../support/command-test.ts';

function useKubeconfig(path: string): void {
  vi.stubEnv('KUBECONFIG', path);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const kubeconfigOf = (contexts: readonly string[]): string =>
  JSON.stringify({ contexts: contexts.map((name) => ({ name, context: { cluster: 'c', user: 'u' } })) });

describe('init --from-kubeconfig', () => {
  test.for([
    [
      ['a-3', 'a', 'A'],
      ['a-3', 'a', 'a-4'],
    ],
    [
      ['A', 'a', 'a-2', 'a-3'],
      ['a', 'a-2', 'a-2-3', 'a-3'],
    ],
    [
      ['docs', 'cluster-1', '集群'],
      ['cluster-1', 'cluster-1-2', 'cluster-3'],
    ],
    [
      ['constructor', 'b'],
      ['cluster-1', 'b'],
    ],
    [
      ['x'.repeat(64), 'x'.repeat(65)],
      ['x'.repeat(63), `${'x'.repeat(58)}-2`],
    ],
    [
      [`${'x'.repeat(57)}-yyyyyy`, `${'x'.repeat(57)}-YYYYYY`],
      [`${'x'.repeat(57)}-yyyyy`, `${'x'.repeat(57)}-2`],
    ],
  ])('%j become clusters with different names', async ([contexts = [], names], { directory, run }) => {
    writeFiles(directory, { kubeconfig: kubeconfigOf(contexts) });
    useKubeconfig(join(directory, 'kubeconfig'));
    expect(await run('init', join(directory, 'new'), '--from-kubeconfig')).toMatchObject({ status: 0 });
    const { clusters } = parse(readFileSync(join(directory, 'new/federation.yaml'), 'utf8')) as {
      clusters: readonly { readonly name: string; readonly kubeContext?: string }[];
    };
    expect(clusters.map(({ name }) => name)).toEqual(names);
    expect(clusters.map(({ name, kubeContext }) => kubeContext ?? name)).toEqual(contexts);
  });

  test('takes 120 contexts', async ({ directory, run }) => {
    const contexts = Array.from({ length: 120 }, (_, index) => `admin/shop-${index % 60}`).map((name, index) =>
      index < 60 ? name : name.toUpperCase(),
    );
    writeFiles(directory, { kubeconfig: kubeconfigOf(contexts) });
    useKubeconfig(join(directory, 'kubeconfig'));
    expect(await run('init', join(directory, 'new'), '--from-kubeconfig')).toMatchObject({ status: 0 });
  });

  const secret = ['hunter', '2'].join('');
  test.for<readonly [string, string, (path: string) => string]>([
    [
      'a named pipe',
      'a named pipe',
      (path) => {
        execFileSync('mkfifo', [path]);
        return path;
      },
    ],
    ['a device', 'a socket or a device', () => '/dev/zero'],
    ['a directory', 'a directory', (path) => join(path, '..')],
    [
      'two documents',
      '2 documents',
      (path) => {
        writeFiles(path, { '../kubeconfig': '{contexts: [{name: a}]}\n---\n{}\n' });
        return path;
      },
    ],
  ])('says that the kubeconfig is %s', async ([, message, make], { directory, run }) => {
    useKubeconfig(make(join(directory, 'kubeconfig')));
    const before = readdirSync(directory);
    const { status, err } = await run('init', join(directory, 'new'), '--from-kubeconfig');
    expect(status).toBe(1);
    expect(err).toMatch(/^cannot read the kubeconfig .*: /);
    expect(err).toContain(message);
    expect(readdirSync(directory)).toEqual(before);
  });

  test.for([
    [
      `contexts: [{name: a}]\ncontexts: [{name: b}]\nusers: [{token: ${secret}}]\n`,
      'line 2 is not YAML, or repeats a key',
    ],
    [`users:\n- {token: ${secret}\n`, 'line '],
    [`users: [{${secret}: a, ${secret}: b}]\n`, 'line 1'],
    [`a: &x [${secret}]\nb: *y\n`, 'line 2'],
  ] as const)('says where %j is wrong, and quotes nothing', async ([text, message], { directory, run }) => {
    writeFiles(directory, { kubeconfig: text });
    useKubeconfig(join(directory, 'kubeconfig'));
    const { status, err } = await run('init', join(directory, 'new'), '--from-kubeconfig');
    expect(status).toBe(1);
    expect(err).toContain(message);
    expect(err).not.toContain(secret);
  });
});

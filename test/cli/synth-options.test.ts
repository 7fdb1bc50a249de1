import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { demo, test, writeFiles } from '../support/command-test.ts';
import { readTree } from '../support/files.ts';
import type { CommandRun } from '../support/run-command.ts';

const root = join(import.meta.dirname, '../..');

describe('synth', () => {
  test('writes into the directory of the declaration, or of cdk8s.yaml above it, or of -o', async ({
    directory,
    run,
  }) => {
    writeFiles(directory, { 'one/federation.yaml': demo, 'two/deep/federation.yaml': demo, 'two/cdk8s.yaml': '' });
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
    writeFiles(directory, { 'federation.yaml': demo });
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
    writeFiles(directory, { 'dist/host/inventory.json': '{}', 'dist/mine.txt': '' });
    const before = readTree(directory);
    const { status, err } = await run('synth', '-f', file, '--check');
    expect(status).toBe(1);
    expect(err).toMatch(/ 2 of \d+ files differ\n {2}changed {2}host\/inventory\.json\n {2}extra {4}mine\.txt\n/);
    expect(readTree(directory)).toEqual(before);
  });

  test('a mistake does not hide that a killed synth has taken the output away', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    writeFiles(directory, { 'federation.yaml': demo });
    await run('synth', '-f', file);
    const before = readTree(join(directory, 'dist'));
    mkdirSync(join(directory, `.dist-${spawnSync('true').pid}-abc123`));
    renameSync(join(directory, 'dist'), join(directory, readdirSync(directory)[0] ?? '', 'former'));
    writeFiles(directory, { 'federation.yaml': 'name: 7\n' });
    expect((await run('synth', '-f', file)).status).toBe(1);
    expect(readTree(join(directory, 'dist'))).toEqual(before);
    expect(readdirSync(directory).sort()).toEqual(['dist', 'federation.yaml']);
  });

  test('--strict fails on a warning, and writes nothing', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    writeFiles(directory, { 'federation.yaml': demo.replace('1.31.4', '1.29.1') });
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
    writeFiles(directory, { 'federation.yaml': demo });
    for (const [outcome, act] of Object.entries(outcomes)) {
      const { status, out, err } = await act();
      const document = JSON.parse(out) as Record<string, unknown>;
      expect(Object.keys(document)).toEqual(keys);
      expect(document).toMatchObject({ outcome, ok: status === 0 });
      expect(err).toBe('');
    }
    writeFiles(directory, { 'federation.yaml': 'name: 7\n' });
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
    writeFiles(directory, { 'federation.yaml': demo.replace('network: network2', 'x: "成\u202e", netwrk: b') });
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
    writeFiles(directory, { 'federation.yaml': demo.replace('workloads: []\n', workload), 'a.yaml': secret });
    const { status, err } = await run('synth', '-f', join(directory, 'federation.yaml'));
    expect(status).toBe(1);
    expect(err).toContain('a.yaml:2');
    expect(err).not.toContain('hunter2');
    expect(err).not.toContain('| kind: Secret');
  });

  test('colours and progress are for terminals', async ({ directory, run, runOnTerminal }) => {
    const file = join(directory, 'federation.yaml');
    writeFiles(directory, { 'federation.yaml': 'name: 7\n' });
    expect((await run('synth', '-f', file)).err).not.toContain('\u001b');
    expect((await runOnTerminal('synth', '-f', file)).err).toContain('\u001b[1mfederation.yaml:1:7\u001b[22m');
    expect((await runOnTerminal('synth', '-f', file)).err).toContain(`reading ${file} ...`);
    expect((await runOnTerminal('synth', '-f', file, '--json')).err).toBe('');
  });

  test('an error in a construct is told with its place, as text and as JSON', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    const wrong: Readonly<Record<string, RegExp>> = {
      "export const workloads = {\n  a: () => {\n    throw new Error('boom');\n  },\n};\n":
        /the workload a of .*\n {2}got {7}boom\n {2}place {5}constructs\/w0\.ts:\d+:\d+\n/,
      'export const workloads = {\n  a: (\n': /w1\.ts cannot be loaded\n/,
      "import { nothing } from './nothing.ts';\nexport const workloads = { a: nothing };\n":
        /cannot be loaded\n {2}got .*nothing/,
      'export const workloads = { a: 5 };\n': /got {7}it is not a function/,
      'export const workloads = { a: async () => {} };\n': /got {7}it is async/,
    };
    // Node loads a module of a name once.
    for (const [index, [text, message]] of Object.entries(wrong).entries()) {
      writeFiles(directory, {
        'federation.yaml': demo.replace('workloads: []', 'workloads: [{name: a, namespace: a}]'),
        [`constructs/w${index}.ts`]: text,
      });
      const words = ['synth', '-f', file, '--workloads', join(directory, `constructs/w${index}.ts`)];
      const { status, err } = await run(...words);
      expect(status).toBe(1);
      expect(err).toMatch(message);
      expect(err).not.toMatch(/^\s*at /m);
      expect(JSON.parse((await run(...words, '--json')).out)).toMatchObject({ outcome: 'mistake' });
    }
  });

  test('a declaration above the working directory is named', async ({ directory, run }) => {
    writeFiles(directory, { 'federation.yaml': demo, 'workloads/a.yaml': '' });
    const here = process.cwd();
    process.chdir(join(directory, 'workloads'));
    try {
      expect((await run('synth')).err).toContain('there is one above this directory: -f ../federation.yaml');
    } finally {
      process.chdir(here);
    }
  });

  test('takes the same workloads from a module as from main.ts', async ({ directory, run }) => {
    const file = join(directory, 'federation.yaml');
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    writeFiles(directory, {
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

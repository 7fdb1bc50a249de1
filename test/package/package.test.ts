import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listFiles, readTree } from '../support/files.ts';

const root = join(import.meta.dirname, '../..');
const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'mesh-federation-package-')));
const repository = join(workspace, 'my-federation');
const quiet = { ...process.env, CDK8S_CHECK_UPGRADE: 'false', npm_config_audit: 'false', npm_config_fund: 'false' };

/** Runs a program, and returns what it prints. A failure is an error with the program's own words. */
function run(cwd: string, command: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd, env: quiet, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${status}\n${stdout}\n${stderr}`);
  return stdout + stderr;
}

/** Packs a copy of this repository's package under another version, without building it again. */
function packAs(version: string): string {
  const copy = join(workspace, `source-${version}`);
  execFileSync('tar', ['-xzf', tarball, '-C', workspace]);
  cpSync(join(workspace, 'package'), copy, { recursive: true });
  const file = join(copy, 'package.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version, scripts: {} }));
  run(copy, 'npm', 'pack', '--pack-destination', workspace);
  return join(workspace, `mesh-federation-${version}.tgz`);
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
const tarball = join(workspace, `mesh-federation-${version}.tgz`);

beforeAll(() => {
  run(root, 'npm', 'pack', '--pack-destination', workspace);
  // The steps of the README, with a file in place of a published version.
  run(
    workspace,
    'npx',
    '--yes',
    `--package=${tarball}`,
    'mesh-federation',
    'init',
    'my-federation',
    '--clusters',
    'frankfurt,virginia',
    '--package',
    tarball,
  );
  run(repository, 'npm', 'install');
});

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

describe('the tarball', () => {
  const packed = (): readonly string[] =>
    execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((path) => path.slice('package/'.length));

  test('has compiled code, its data and pages, and neither sources nor tests', () => {
    const kinds = new Set(packed().map((path) => path.split('/')[0] ?? ''));
    expect([...kinds].sort()).toEqual([
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'README.zh-CN.md',
      'build',
      'docs',
      'examples',
      'federation.yaml',
      'package.json',
      'schemas',
      'workloads',
    ]);
    expect(packed().filter((path) => /(?<!\.d)\.[cm]?ts$|(^|\/)test\//.test(path))).toEqual([]);
  });

  test('needs neither tsx nor cdk8s-cli, and shares cdk8s and constructs with its user', () => {
    const installed = readFileSync(join(repository, 'node_modules/mesh-federation/package.json'), 'utf8');
    const { dependencies, peerDependencies } = JSON.parse(installed) as Record<string, Record<string, string>>;
    for (const library of ['tsx', 'typescript', 'cdk8s-cli', 'cdk8s', 'constructs', 'cdk8s-plus-25'])
      expect(Object.keys(dependencies ?? {})).not.toContain(library);
    expect(Object.keys(peerDependencies ?? {}).sort()).toEqual(['cdk8s', 'cdk8s-plus-25', 'constructs']);
    const own = listFiles(join(repository, 'node_modules/mesh-federation')).filter((path) =>
      path.includes('node_modules/'),
    );
    expect(own.filter((path) => /node_modules\/(cdk8s|constructs)/.test(path))).toEqual([]);
  });
});

test('one file of it runs where there is nothing but Node', () => {
  const alone = join(workspace, 'alone');
  for (const file of ['mesh-federation.js', 'mesh-federation.js.sha256'])
    cpSync(join(repository, 'node_modules/mesh-federation/build', file), join(alone, file));
  run(alone, 'sha256sum', '--check', 'mesh-federation.js.sha256');
  expect(run(alone, process.execPath, 'mesh-federation.js', '--version')).toContain(version);
  cpSync(join(root, 'dist'), join(alone, 'dist'), { recursive: true });
  for (const words of [['apply', '--dry-run'], ['status'], ['verify'], ['discover'], ['destroy', '--dry-run']]) {
    // No kubectl on the PATH: the command says so, and not that a module is missing.
    const env = { PATH: '/nowhere' };
    const call = ['mesh-federation.js', ...words, '--output', 'dist'];
    const { status, stderr } = spawnSync(process.execPath, call, { cwd: alone, env, encoding: 'utf8' });
    expect({ words, status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('kubectl') });
    expect(stderr).not.toContain('Cannot find module');
  }
});

describe('a new repository', () => {
  test('synthesizes at once by either command, and its output is not stale', () => {
    run(repository, 'npx', 'cdk8s', 'synth');
    const first = readTree(join(repository, 'dist'));
    expect(Object.keys(first)).toContain('frankfurt/70-workloads/helloworld.yaml');
    expect(run(repository, 'npx', 'mesh-federation', 'synth', '--check', '--strict')).toContain('is up to date');
    run(repository, 'npm', 'run', 'synth');
    expect(readTree(join(repository, 'dist'))).toEqual(first);
    run(repository, 'npm', 'run', 'check');
  });

  test('names the place of its pages', () => {
    const printed = run(repository, 'npx', 'mesh-federation', 'synth');
    const [page = ''] = /node_modules\/[^)]*\.md/.exec(printed) ?? [];
    expect(existsSync(join(repository, page)), printed).toBe(true);
    const readme = readFileSync(join(repository, 'README.md'), 'utf8');
    for (const [, path = ''] of readme.matchAll(/\]\(([^)]+)\)/g))
      expect(existsSync(join(repository, path)), path).toBe(true);
    const declaration = readFileSync(join(repository, 'federation.yaml'), 'utf8');
    for (const [path] of declaration.matchAll(/node_modules\/\S+/g))
      expect(existsSync(join(repository, path)), path).toBe(true);
  });

  test('has types that an editor understands', () => {
    run(repository, join(root, 'node_modules/.bin/tsc'), '--project', '.');
  });
});

test('the same declaration has the same output as in this repository, byte for byte', () => {
  const project = join(workspace, 'same');
  cpSync(repository, project, {
    recursive: true,
    filter: (path) => path !== join(repository, 'dist'),
    verbatimSymlinks: true,
  });
  for (const path of ['federation.yaml', 'workloads'])
    cpSync(join(root, path), join(project, path), { recursive: true });
  run(project, 'npx', 'mesh-federation', 'synth');
  expect(readTree(join(project, 'dist'))).toEqual(readTree(join(root, 'dist')));
});

test('a workload may be a construct, for either command', () => {
  const project = join(workspace, 'constructs');
  cpSync(repository, project, {
    recursive: true,
    filter: (path) => path !== join(repository, 'dist'),
    verbatimSymlinks: true,
  });
  writeFileSync(
    join(project, 'constructs/workloads.ts'),
    `import { ConfigMap } from 'cdk8s-plus-25';
import type { WorkloadConstructs } from 'mesh-federation';
import { VirtualService } from 'mesh-federation/imports/istio';

export const workloads: WorkloadConstructs = {
  settings: (scope) => {
    new ConfigMap(scope, 'settings', { data: { colour: 'green' } });
    new VirtualService(scope, 'routes', { spec: { hosts: ['helloworld'], http: [{ timeout: '2s' }] } });
  },
};
`,
  );
  const declaration = join(project, 'federation.yaml');
  writeFileSync(declaration, `${readFileSync(declaration, 'utf8')}  - {name: settings, namespace: sample}\n`);
  run(project, join(root, 'node_modules/.bin/tsc'), '--project', '.');
  run(project, 'npx', 'cdk8s', 'synth');
  const settings = readFileSync(join(project, 'dist/virginia/70-workloads/settings.yaml'), 'utf8');
  expect(settings).toContain('colour: green');
  expect(run(project, 'npx', 'mesh-federation', 'synth', '--check')).toContain('is up to date');
});

test('an error in a construct is told with its line', () => {
  const project = join(workspace, 'constructs');
  const text = "export const workloads = {\n  settings: () => {\n    throw new Error('boom');\n  },\n};\n";
  writeFileSync(join(project, 'constructs/workloads.ts'), text);
  const { status, stderr } = spawnSync('npx', ['mesh-federation', 'synth'], {
    cwd: project,
    env: quiet,
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/boom\n {2}place {5}constructs\/workloads\.ts:3:\d+\n/);
});

test('what a construct prints or ends does not look like success', () => {
  const project = join(workspace, 'constructs');
  const synthWith = (code: string) => {
    const text = `export const workloads = {\n  settings: () => {\n    ${code};\n  },\n};\n`;
    writeFileSync(join(project, 'constructs/workloads.ts'), text);
    const words = ['mesh-federation', 'synth', '--json'];
    return spawnSync('npx', words, { cwd: project, env: quiet, encoding: 'utf8' });
  };
  expect(JSON.parse(synthWith("console.log('noise'); throw new Error('boom')").stdout)).toMatchObject({ ok: false });
  expect(synthWith('process.exit(0)')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('nothing was done'),
  });
});

test('an upgrade to another version changes package.json and its lock, and no output', () => {
  run(repository, 'npm', 'run', 'synth');
  const before = readTree(join(repository, 'dist'));
  run(repository, 'npm', 'install', '--save-exact', packAs('99.0.0'));
  expect(run(repository, 'npx', 'mesh-federation', '--version')).toContain('99.0.0');
  expect(run(repository, 'npx', 'mesh-federation', 'synth', '--check')).toContain('is up to date');
  run(repository, 'npm', 'run', 'synth');
  expect(readTree(join(repository, 'dist'))).toEqual(before);
  // CI installs the versions of the lock.
  run(repository, 'npm', 'ci');
  run(repository, 'npm', 'run', 'check');
});

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { readTree } from '../support/files.ts';
import { makeProject } from '../support/project.ts';

const root = join(import.meta.dirname, '../..');
const sources = [
  'cdk8s.yaml',
  'package.json',
  'tsconfig.json',
  'main.ts',
  'constructs',
  'imports',
  'schemas',
  'federation.yaml',
  'workloads',
  'examples',
];

let project: string;

beforeEach(() => {
  project = makeProject({});
  for (const source of sources) cpSync(join(root, source), join(project, source), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
});

interface Outcome {
  readonly status: number | null;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Outcome {
  const inherited = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
  return spawnSync(command, args, { cwd: project, env: { ...inherited, ...env }, encoding: 'utf8' });
}

// What `npm run synth` is, without the second that npm takes to start.
const synth = (env?: Readonly<Record<string, string>>): Outcome => run('node', ['--import', 'tsx', 'main.ts'], env);
const cdk8sSynth = (...args: string[]): Outcome => run('node_modules/.bin/cdk8s', ['synth', ...args]);

test('npm run synth is main.ts', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { synth: string } };
  expect(scripts.synth).toBe('node --import tsx main.ts');
});

describe('the default declaration', () => {
  test('becomes the committed dist/, by either command', () => {
    const committed = readTree(join(root, 'dist'));
    expect(cdk8sSynth().status).toBe(0);
    expect(readTree(join(project, 'dist'))).toEqual(committed);
    const second = synth();
    expect(second.status).toBe(0);
    expect(readTree(join(project, 'dist'))).toEqual(committed);
    expect(second.stderr).toContain('host     10 20 30 60 70');
    expect(second.stderr).toContain('next: review dist/');
  });

  // The others are compared in memory (test/golden).
  test.each(['tutorial', 'helm'])('gives way to FEDERATION=examples/%s.yaml', (example) => {
    const { status, stderr } = synth({ FEDERATION: `examples/${example}.yaml` });
    expect(status).toBe(0);
    // Those of the tutorial's versions have warnings, and are written all the same.
    expect(stderr.includes('[istio-version-has-a-defect]')).toBe(example === 'tutorial');
    const { FILES: _, ...golden } = readTree(join(root, 'test/golden', example));
    expect(readTree(join(project, 'dist'))).toEqual(golden);
  });

  test('goes where --output says', () => {
    expect(cdk8sSynth('--output', 'elsewhere').status).toBe(0);
    expect(readTree(join(project, 'elsewhere'))).toEqual(readTree(join(root, 'dist')));
  });

  test('is not changed by what else is in the environment', () => {
    expect(
      synth({
        CDK8S_DISABLE_SORT: '1',
        CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
        TZ: 'Asia/Shanghai',
        LANG: 'tr_TR.UTF-8',
      }).status,
    ).toBe(0);
    expect(readTree(join(project, 'dist'))).toEqual(readTree(join(root, 'dist')));
  });
});

describe('a wrong declaration', () => {
  const wrong = ['name: [', '', '- a list', 'name: Demo\nclusters: [null, 7]\n'];

  test.each(wrong)('%j ends with exit code 1, problems and no stack, and leaves the former output', (text) => {
    // GIVEN an output and a new declaration that is wrong
    expect(synth().status).toBe(0);
    const former = readTree(join(project, 'dist'));
    writeFileSync(join(project, 'federation.yaml'), text);
    // WHEN
    const { status, stderr } = synth();
    // THEN
    expect(status).toBe(1);
    expect(stderr).toMatch(/^federation\.yaml: \d+ problems?\n\nfederation\.yaml:\d+:\d+ {2}/);
    expect(stderr).not.toMatch(/^\s*at /m);
    expect(readTree(join(project, 'dist'))).toEqual(former);
  });

  test('writes nothing at all through the cdk8s command', () => {
    writeFileSync(join(project, 'federation.yaml'), 'name: 7\n');
    const { status, stderr } = cdk8sSynth();
    expect(status).toBe(1);
    expect(stderr).toContain('[name-is-a-dns-label]');
    expect(existsSync(join(project, 'dist'))).toBe(false);
  });

  test('that does not exist is said so', () => {
    const { status, stderr } = synth({ FEDERATION: 'examples/nothing.yaml' });
    expect(status).toBe(1);
    expect(stderr).toContain('examples/nothing.yaml:1:1  (the whole file)  [declaration-exists]');
  });

  test('that is a directory is said so', () => {
    const { status, stderr } = synth({ FEDERATION: 'workloads' });
    expect(status).toBe(1);
    expect(stderr).toContain('[file-is-readable]');
  });

  test('with a broken lock reports both', () => {
    writeFileSync(join(project, 'federation.lock.yaml'), 'clusters: [\n');
    writeFileSync(join(project, 'federation.yaml'), 'name: 7\n');
    const { stderr } = synth();
    expect(stderr).toContain('[name-is-a-dns-label]');
    expect(stderr).toContain('federation.lock.yaml:2:1');
  });
});

describe('the output directory', () => {
  test('is never the project', () => {
    const before = readdirSync(project).sort();
    const { status, stderr } = synth({ CDK8S_OUTDIR: '.' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^the output cannot replace .*: it holds the working directory\n$/);
    expect(readdirSync(project).sort()).toEqual(before);
  });

  test('is never a directory with other files', () => {
    mkdirSync(join(project, 'notes'));
    writeFileSync(join(project, 'notes/todo.txt'), 'keep me');
    expect(synth({ CDK8S_OUTDIR: 'notes' }).status).toBe(1);
    expect(readTree(join(project, 'notes'))).toEqual({ 'todo.txt': 'keep me' });
  });

  test('loses what the declaration no longer asks for, and nothing is left beside it', () => {
    expect(synth().status).toBe(0);
    writeFileSync(join(project, 'dist/host/stale.yaml'), 'stale: true\n');
    expect(synth().status).toBe(0);
    expect(readTree(join(project, 'dist'))).toEqual(readTree(join(root, 'dist')));
    expect(readdirSync(project).filter((name) => name.startsWith('.dist'))).toEqual([]);
  });
});

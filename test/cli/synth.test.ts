import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { test as base, describe, expect } from 'vitest';
import { readTree } from '../support/files.ts';

const root = join(import.meta.dirname, '../..');
// Files that a user edits are copied. The app itself is not, because tsx would compile it anew in every place.
const edited = ['cdk8s.yaml', 'package.json', 'federation.yaml', 'workloads', 'examples'];
const linked = ['tsconfig.json', 'main.ts', 'command', 'constructs', 'imports', 'schemas', 'node_modules'];

function makeProject(): string {
  const project = mkdtempSync(join(tmpdir(), 'mesh-federation-cli-'));
  for (const source of edited) cpSync(join(root, source), join(project, source), { recursive: true });
  for (const source of linked) symlinkSync(join(root, source), join(project, source));
  return project;
}

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

function run(cwd: string, command: string, args: readonly string[], env: Environment = {}): Promise<Outcome> {
  const inherited = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
  return new Promise((resolve) => {
    const child = execFile(command, args, { cwd, env: { ...inherited, ...env } }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

// This is the command of `npm run synth`, without the second that npm takes to start.
const command = 'node --require ./constructs/preload.cjs --require tsx/cjs command/main.ts synth';
const [node = '', ...options] = command.split(' ');

interface Fixtures {
  readonly project: string;
  readonly synth: (env?: Environment, ...words: string[]) => Promise<Outcome>;
  readonly cdk8sSynth: (...args: string[]) => Promise<Outcome>;
}

const test = base.extend<Fixtures>({
  project: async ({ task: _ }, use) => {
    const project = makeProject();
    await use(project);
    rmSync(project, { recursive: true });
  },
  synth: ({ project }, use) => use((env, ...words) => run(project, node, [...options, ...words], env)),
  cdk8sSynth: ({ project }, use) => use((...args) => run(project, 'node_modules/.bin/cdk8s', ['synth', ...args])),
});

test('npm run synth starts the command in the way in which cdk8s synth starts the app', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { synth: string } };
  expect(scripts.synth).toBe(command);
  expect(load(readFileSync(join(root, 'cdk8s.yaml'), 'utf8'))).toMatchObject({
    app: command.replace('command/main.ts synth', 'main.ts'),
  });
});

describe.concurrent('the default declaration', () => {
  test('becomes the committed dist/, by either command', async ({ project, synth, cdk8sSynth }) => {
    const committed = readTree(join(root, 'dist'));
    expect((await cdk8sSynth()).status).toBe(0);
    expect(readTree(join(project, 'dist'))).toEqual(committed);
    const second = await synth();
    expect(second.status).toBe(0);
    expect(readTree(join(project, 'dist'))).toEqual(committed);
    expect(second.stderr).toContain('host     10 20 30 60 70');
    expect(second.stderr).toContain('next: review the change: git add -N dist && git diff dist');
  });

  test('with a GitOps engine says what Git cannot do, and does not say to apply', async ({ synth }) => {
    const { status, stderr } = await synth({ FEDERATION: 'examples/gitops-flux.yaml' });
    expect(status).toBe(0);
    expect(stderr).toMatch(/not in Git +times\ncacerts +2\nengine-access +1\nremote-secret +1\n/);
    expect(stderr).toContain('then push it: Flux applies it');
    expect(stderr).not.toContain('mesh-federation apply');
  });

  // The tests in test/golden compare the other examples in memory.
  test.for(['tutorial', 'helm'])('is replaced by FEDERATION=examples/%s.yaml', async (example, { project, synth }) => {
    const { status, stderr } = await synth({ FEDERATION: `examples/${example}.yaml` });
    expect(status).toBe(0);
    // An example with the tutorial's versions has warnings, and its output is still written.
    expect(stderr.includes('[istio-version-has-a-defect]')).toBe(example === 'tutorial');
    const { FILES: _, ...golden } = readTree(join(root, 'test/golden', example));
    const written = Object.entries(readTree(join(project, 'dist'))).filter(
      // The scripts are the repository's own, and the checksums change with them.
      ([path]) => !path.endsWith('.sh') && !['output.json', 'checksums'].includes(path),
    );
    expect(Object.fromEntries(written)).toEqual(golden);
  });

  test('is written to the directory of --output', async ({ project, cdk8sSynth }) => {
    expect((await cdk8sSynth('--output', 'elsewhere')).status).toBe(0);
    expect(readTree(join(project, 'elsewhere'))).toEqual(readTree(join(root, 'dist')));
  });

  test('has the same output with any other variable in the environment', async ({ project, synth }) => {
    expect(
      (
        await synth({
          CDK8S_DISABLE_SORT: '1',
          CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
          TZ: 'Asia/Shanghai',
          LANG: 'tr_TR.UTF-8',
        })
      ).status,
    ).toBe(0);
    expect(readTree(join(project, 'dist'))).toEqual(readTree(join(root, 'dist')));
  });
});

test('the review that a synth proposes shows new files', async ({ project, synth }) => {
  const git = (...words: string[]): Promise<Outcome> => run(project, 'git', words);
  await git('init', '--quiet');
  const { stderr } = await synth();
  // Without the first half, git diff shows no new file.
  expect((await git('diff', 'dist')).stdout).toBe('');
  const [, review = ''] = /review the change: (git add -N dist && git diff dist)$/m.exec(stderr) ?? [];
  const { status, stdout } = await run(project, 'sh', ['-c', review]);
  expect(status).toBe(0);
  expect(stdout).toContain('+++ b/dist/host/20-control-plane/istiod.yaml');
});

describe.concurrent('a wrong declaration', () => {
  const wrong = ['name: [', '', '- a list', 'name: Demo\nclusters: [null, 7]\n'];

  test.for(wrong)(
    '%j ends with exit code 1, problems and no stack, and leaves the former output',
    async (text, { project, synth }) => {
      // GIVEN an output and a new declaration that is wrong
      cpSync(join(root, 'dist'), join(project, 'dist'), { recursive: true });
      const former = readTree(join(project, 'dist'));
      writeFileSync(join(project, 'federation.yaml'), text);
      // WHEN
      const { status, stderr } = await synth();
      // THEN
      expect(status).toBe(1);
      expect(stderr).toMatch(/^federation\.yaml: \d+ problems?\n\nfederation\.yaml:\d+:\d+ {2}/);
      expect(stderr).not.toMatch(/^\s*at /m);
      expect(readTree(join(project, 'dist'))).toEqual(former);
    },
  );

  test('writes nothing at all through the cdk8s command', async ({ project, cdk8sSynth }) => {
    writeFileSync(join(project, 'federation.yaml'), 'name: 7\n');
    const { status, stderr } = await cdk8sSynth();
    expect(status).toBe(1);
    expect(stderr).toContain('[name-is-a-dns-label]');
    expect(existsSync(join(project, 'dist'))).toBe(false);
  });

  test('that does not exist is reported as missing', async ({ synth }) => {
    const { status, stderr } = await synth({ FEDERATION: 'examples/nothing.yaml' });
    expect(status).toBe(1);
    expect(stderr).toContain('examples/nothing.yaml:1:1  (the whole file)  [declaration-exists]');
  });

  test('that is a directory is reported as one', async ({ synth }) => {
    const { status, stderr } = await synth({ FEDERATION: 'workloads' });
    expect(status).toBe(1);
    expect(stderr).toContain('[file-is-readable]');
  });

  test('with a broken lock reports both', async ({ project, synth }) => {
    writeFileSync(join(project, 'federation.lock.yaml'), 'clusters: [\n');
    writeFileSync(join(project, 'federation.yaml'), 'name: 7\n');
    const { stderr } = await synth();
    expect(stderr).toContain('[name-is-a-dns-label]');
    expect(stderr).toContain('federation.lock.yaml:2:1');
  });
});

describe.concurrent('another declaration', () => {
  test('does not take the place of the output that is there, unless it is asked for', async ({ project, synth }) => {
    cpSync(join(root, 'dist'), join(project, 'dist'), { recursive: true });
    const former = readTree(join(project, 'dist'));
    for (const [env, ...words] of [[{ FEDERATION: 'examples/shop.yaml' }], [{}, '-f', 'examples/shop.yaml']] as const) {
      const { status, stderr } = await synth(env, ...words);
      expect(status).toBe(1);
      expect(stderr).toContain('demo of federation.yaml');
      expect(readTree(join(project, 'dist'))).toEqual(former);
    }
    expect((await synth({}, '-f', 'examples/shop.yaml', '-o', 'shop')).status).toBe(0);
    expect(existsSync(join(project, 'shop/host/inventory.json'))).toBe(true);
    expect((await synth({}, '-f', 'examples/shop.yaml', '--replace')).status).toBe(0);
    expect(readTree(join(project, 'dist'))).not.toEqual(former);
  });

  test('and every other word is understood or refused', async ({ project, synth }) => {
    expect(await synth({}, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--replace') });
    expect(await synth({}, 'examples/shop.yaml')).toMatchObject({ status: 2 });
    expect(existsSync(join(project, 'dist'))).toBe(false);
  });
});

describe.concurrent('the output directory', () => {
  test('is never the project', async ({ project, synth }) => {
    const before = readdirSync(project).sort();
    const { status, stderr } = await synth({ CDK8S_OUTDIR: '.' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^the output cannot replace .*: it contains the working directory\n$/);
    expect(readdirSync(project).sort()).toEqual(before);
  });

  test('is never a directory with other files', async ({ project, synth }) => {
    mkdirSync(join(project, 'notes'));
    writeFileSync(join(project, 'notes/todo.txt'), 'keep me');
    expect((await synth({ CDK8S_OUTDIR: 'notes' })).status).toBe(1);
    expect(readTree(join(project, 'notes'))).toEqual({ 'todo.txt': 'keep me' });
  });

  test('loses the files that the declaration no longer needs, and nothing is left beside it', async ({
    project,
    synth,
  }) => {
    // GIVEN an output with one more workload
    const declaration = readFileSync(join(project, 'federation.yaml'), 'utf8');
    const more = '  - {name: more, namespace: more, delivery: direct, manifests: [workloads/sleep.yaml]}\n';
    writeFileSync(join(project, 'federation.yaml'), `${declaration}\n${more}`);
    expect((await synth()).status).toBe(0);
    expect(existsSync(join(project, 'dist/host/70-workloads/more.yaml'))).toBe(true);
    // WHEN
    writeFileSync(join(project, 'federation.yaml'), declaration);
    expect((await synth()).status).toBe(0);
    // THEN
    expect(readTree(join(project, 'dist'))).toEqual(readTree(join(root, 'dist')));
    expect(readdirSync(project).filter((name) => name.startsWith('.dist'))).toEqual([]);
  });
});

import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowNamed } from '../../build/chosen.ts';
import { commitPins, isCommit, missingPins, sayMissing } from '../../build/pins.ts';
import { E2E, REPOSITORY } from '../../machine/paths.ts';
import { attempt } from '../../machine/run.ts';
import { say } from '../../machine/wait.ts';
import { goModOf, rowsFor } from '../../runner/choose.ts';
import { groupsOf } from '../../runner/groups.ts';
import { MODULES } from '../../tables/modules.ts';
import { SUITES } from '../../tables/suites.ts';

/** A complete separate project, so that a pin in it can be broken. */
function copyOfTheSuites(root: string): string {
  const project = join(root, 'project');
  cpSync(E2E, join(project, relative(REPOSITORY, E2E)), { recursive: true });
  for (const file of ['package.json', 'federation.yaml']) cpSync(join(REPOSITORY, file), join(project, file));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(project, 'node_modules'));
  return project;
}

/** Replaces the commit that a row pins with a commit that does not exist. */
function breakPin(project: string, row: string, path: string): string {
  const file = join(project, 'test/e2e/modules', row, 'go.mod');
  const text = readFileSync(file, 'utf8');
  const [, version = ''] = text.match(new RegExp(`^\\t${path.replaceAll('.', '\\.')} (\\S+)`, 'm')) ?? [];
  expect(isCommit(version), `${path} of ${row} is a commit`).toBe(true);
  const broken = version.replace(/-[0-9a-f]{12}/, '-000000000000');
  writeFileSync(file, text.replaceAll(version, broken));
  return broken;
}

describe('a commit that is no longer served', () => {
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-pins-'));
  afterAll(async () => {
    await attempt(['chmod', '-R', 'u+w', root]);
    rmSync(root, { recursive: true, force: true });
  });
  const env = { XDG_CACHE_HOME: join(root, 'cache'), E2E_SUBSTITUTES: '{}' };

  describe('of a module without another row', () => {
    let ran: Awaited<ReturnType<typeof attempt>>;
    let seconds = 0;
    const broken: string[] = [];

    beforeAll(async () => {
      const project = copyOfTheSuites(root);
      // The first is the commit from which the module is built, the second one of its many indirect requirements.
      broken.push(breakPin(project, 'istio', 'istio.io/istio'));
      broken.push(breakPin(project, 'helm', 'k8s.io/utils'));
      const began = Date.now();
      ran = await attempt(['node', '--import', 'tsx', 'test/e2e/main.ts', 'run', '--only', 'installers'], {
        cwd: project,
        env,
      });
      seconds = (Date.now() - began) / 1000;
    });

    test('is named within two minutes, whether it is the built module or a dependency', () => {
      expect(ran.status, ran.stderr).toBe(1);
      expect(seconds).toBeLessThan(120);
      expect(ran.stderr).toContain(`istio.io/istio ${broken[0]}\n`);
      expect(ran.stderr).toContain(`k8s.io/utils ${broken[1]}\n`);
      expect(ran.stderr).toContain('/modules/helm/go.mod');
      expect(ran.stderr).toContain('choose another one in each go.mod that is named');
    });

    test('is named before anything is compiled or synthesized', () => {
      expect(ran.stderr).toContain('asking for');
      expect(ran.stderr).not.toMatch(/building|synthesizing/);
    });

    test("is named without the address of this machine's registry", () => {
      expect(ran.stderr).not.toMatch(/https?:\/\//);
    });
  });
});

describe('a module with another row', () => {
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-pins-'));
  afterAll(async () => {
    await attempt(['chmod', '-R', 'u+w', root]);
    rmSync(root, { recursive: true, force: true });
  });

  test('falls back to it, and says so', async () => {
    const project = copyOfTheSuites(root);
    breakPin(project, 'istio', 'istio.io/istio');
    const script = [
      "const { chooseModules } = await import('./test/e2e/runner/choose.ts');",
      "const { versionOf } = await import('./test/e2e/build/chosen.ts');",
      "const { report } = await import('./test/e2e/runner/report.ts');",
      "await chooseModules(['istio']);",
      "console.log(versionOf('istio'), report([]));",
    ].join('\n');
    const ran = await attempt(['node', '--import', 'tsx', '--input-type=module', '--eval', script], {
      cwd: project,
      env: { XDG_CACHE_HOME: join(root, 'cache'), E2E_SUBSTITUTES: '{}' },
    });
    expect(ran.status, ran.stderr).toBe(0);
    const version = rowNamed('istio-1.30').version;
    expect(ran.stderr).toContain(`istio falls back to istio-1.30 ${version}`);
    expect(ran.stdout).toContain(`${version} \n`);
    expect(ran.stdout).toContain(`FELL BACK: istio is istio-1.30, ${version}`);
  });
});

describe('a registry that does not answer', () => {
  const server = createServer();
  const root = mkdtempSync(join(tmpdir(), 'mesh-federation-pins-'));
  afterAll(() => {
    server.close();
    rmSync(root, { recursive: true, force: true });
  });

  test('counts as a refusal', async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const before = process.env.GOPROXY;
    process.env.GOPROXY = `http://127.0.0.1:${port},direct`;
    try {
      const pins = [{ path: 'istio.io/istio', version: 'v0.0.0-20260827124520-eed52ebb66ad', files: ['go.mod'] }];
      const missing = await missingPins(pins, join(root, 'cache'), 3);
      expect(missing).toEqual([{ ...pins[0], reason: 'no answer within 3 seconds' }]);
    } finally {
      if (before === undefined) delete process.env.GOPROXY;
      else process.env.GOPROXY = before;
    }
  });
});

test('docs/testing.md lists what is pinned by a commit', async () => {
  const page = readFileSync(join(REPOSITORY, 'docs', 'testing.md'), 'utf8');
  const rowWith = (text: string): string[] => (page.split('\n').find((line) => line.includes(text)) ?? '').split('|');
  const built = async (row: string): Promise<string> => {
    const [first = ''] = rowNamed(row).builds.flatMap((build) => Object.keys(build.programs));
    const text = readFileSync(goModOf(row), 'utf8');
    const required = [...text.matchAll(/^\s*(?:require )?(\S+) (v\S+)/gm)].filter(([, path = '']) =>
      `${first}/`.startsWith(`${path}/`),
    );
    return required.at(-1)?.[2] ?? '';
  };
  const names = MODULES.map(({ name }) => name).filter((name) => name !== 'helloworld');
  const versions = await Promise.all(names.map(async (name) => ({ name, isCommit: isCommit(await built(name)) })));
  const listed = (isPinnedByACommit: boolean): string =>
    versions
      .filter((one) => one.isCommit === isPinnedByACommit)
      .map(({ name }) => name)
      .join(', ');
  expect(listed(false).split(', ').sort()).toEqual((rowWith('| a tag |')[1] ?? '').trim().split(', ').sort());
  expect(listed(true)).toBe((rowWith('| a commit:')[1] ?? '').trim());
});

// From an empty cache, so that the check also works on a machine that has built everything.
test('every commit that the core is built from is still served, or its module has another row', async () => {
  const core = groupsOf(
    SUITES.filter((row) => row.core),
    false,
  );
  const names = new Set(core.flatMap((group) => rowsFor(group)));
  const rows = [...names].map(rowNamed);
  const cache = mkdtempSync(join(tmpdir(), 'mesh-federation-pins-'));
  try {
    const fallbacks = rows.flatMap((row) => row.fallbacks ?? []);
    const pins = await commitPins([...new Set([...rows.map(({ name }) => name), ...fallbacks])].map(goModOf));
    expect(pins.length).toBeGreaterThan(70);
    const missing = await missingPins(pins, cache);
    if (missing.length > 0) say(sayMissing(missing));
    const isServed = (name: string) => missing.every(({ files }) => !files.includes(goModOf(name)));
    const lost = rows.filter(({ name, fallbacks: others = [] }) => ![name, ...others].some(isServed));
    expect(lost.map(({ name }) => name)).toEqual([]);
  } finally {
    await attempt(['chmod', '-R', 'u+w', cache]);
    rmSync(cache, { recursive: true, force: true });
  }
});

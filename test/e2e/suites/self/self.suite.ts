import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alone } from '../../build/alone.ts';
import { versionOf, withSubstitutes } from '../../build/chosen.ts';
import { E2E, REPOSITORY } from '../../machine/paths.ts';
import { attempt } from '../../machine/run.ts';
import { bound } from '../../mesh/bound.ts';
import { count } from '../../mesh/calls.ts';
import { sharesOf, weightsSeenFrom } from '../../mesh/spread.ts';
import { readTable, stepsOf } from '../../product/output.ts';
import { versionToRun } from '../../product/synthesize.ts';
import { suiteCosts } from '../../runner/cost.ts';
import { formToPrepare, groupsOf } from '../../runner/groups.ts';
import { parseOptions } from '../../runner/options.ts';
import { outputsOf } from '../../runner/synthesize.ts';
import { CLUSTERS, clusterRow, DUAL_STACK_CLUSTERS, FEDERATION } from '../../tables/clusters.ts';
import { MODULES_OF_UP } from '../../tables/modules.ts';
import { directoryOf } from '../../tables/suite.ts';
import { SUITES } from '../../tables/suites.ts';

describe('the bound of counted calls', () => {
  test('of 200 evenly shared calls is 66 to 134, wrong once in a million runs', () => {
    expect(bound(200, 0.5)).toEqual({ low: 66, high: 134 });
  });

  test('follows the weights', () => {
    const { low, high } = bound(200, 1 / 3);
    expect([low < 67, high > 67, high < 110, low > 30]).toEqual([true, true, true, true]);
  });

  test('has no width if calls can go to one place only', () => {
    expect([bound(200, 1), bound(200, 0)]).toEqual([
      { low: 200, high: 200 },
      { low: 0, high: 0 },
    ]);
  });
});

describe('a service with pods in two networks', () => {
  const pods = [
    { address: '10.1.0.5', network: 'network1', version: 'v1' },
    { address: '10.2.0.5', network: 'network2', version: 'v2' },
    { address: '10.2.0.6', network: 'network2', version: 'v2' },
  ];

  test('has the local pods and one gateway with the weight of the pods behind it', () => {
    const gateways = { network1: '192.0.2.1:15443', network2: '192.0.2.2:15443' };
    expect(weightsSeenFrom('network1', pods, 5000, gateways)).toEqual({ '10.1.0.5:5000': 1, '192.0.2.2:15443': 2 });
    expect(weightsSeenFrom('network2', pods, 5000, gateways)).toEqual({
      '10.2.0.5:5000': 1,
      '10.2.0.6:5000': 1,
      '192.0.2.1:15443': 1,
    });
    expect(() => weightsSeenFrom('network1', pods, 5000, {})).toThrow('network2 has pods and no gateway');
  });

  test('is answered by each version in proportion to its pods', () => {
    expect(sharesOf(pods)).toEqual({ v1: 1 / 3, v2: 2 / 3 });
  });
});

test("any answer other than helloworld's is a failed call", () => {
  const text = 'Hello version: v1, instance: a\nfailed\nupstream connect error\nHello version: v2, instance: b\n';
  expect(count(text)).toEqual({ v1: 1, v2: 1, failed: 2 });
});

describe('a table', () => {
  function withFile<T>(text: string, work: (path: string) => T): T {
    const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-self-'));
    try {
      writeFileSync(join(directory, 'plan.tsv'), text);
      return work(join(directory, 'plan.tsv'));
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  test('is read by column, and - is empty', () => {
    expect(withFile('b\ta\n-\t1\n', (path) => readTable(path, ['a', 'b']))).toEqual([{ a: '1', b: '' }]);
  });

  test("keeps a row's further cells, in their places", () => {
    const header = ['wave', 'cluster', 'action', 'path', 'wait', 'args...'].join('\t');
    const rows = ['40\ta\tnone\t-\t-\t-', '45\ta\tremote-secret\t-\tx\tb\t-\thttps://c'];
    const steps = withFile(`${header}\n${rows.join('\n')}\n`, (path) =>
      stepsOf({ declaration: '', directory: dirname(path) }),
    );
    expect(steps.map((step) => step.args)).toEqual([[], ['b', '', 'https://c']]);
  });

  test('without a column or a row is refused', () => {
    expect(() => withFile('a\n1\n', (path) => readTable(path, ['b']))).toThrow('no column b');
    expect(() => withFile('a\n', (path) => readTable(path, ['a']))).toThrow('no rows');
  });
});

describe('the command line', () => {
  test('knows its words', () => {
    expect(parseOptions(['run', '--only', 'federation', '--light']).suites.map((one) => one.name)).toEqual([
      'federation',
    ]);
    expect(() => parseOptions(['run', '--only', 'smok'])).toThrow('no suite "smok"');
    expect(() => parseOptions(['run', '--break', 'it'])).toThrow('no break "it"');
    expect(() => parseOptions(['run', '--only', 'smoke-mesh', '--light'])).toThrow('smoke-mesh');
    expect(() => parseOptions(['run', '--existing', '--only', 'lifecycle'])).toThrow('lifecycle');
    expect(() => parseOptions(['run', '--existing', '--only', 'topologies'])).toThrow('primary-remote-istioctl');
    expect(() => parseOptions(['fly'])).toThrow('one of run, up, down, build');
  });

  test('takes one suite or a directory of them', () => {
    const names = (words: readonly string[]) => parseOptions(['run', ...words]).suites.map((one) => one.name);
    expect(names(['--only', 'multi-primary-helm', '--existing'])).toEqual(['multi-primary-helm']);
    expect(names(['--only', 'topologies'])).toHaveLength(6);
  });

  test('runs the core by default and the rest on demand', () => {
    const core = SUITES.filter((one) => one.core).map((one) => one.name);
    expect(parseOptions([]).suites.map((one) => one.name)).toEqual(core);
    expect(parseOptions(['--all']).suites).toHaveLength(SUITES.length);
  });
});

describe('on a cold machine', () => {
  test('suites that start their own runners begin when everything is built', () => {
    const rows = (name: string) => SUITES.filter((one) => one.name === name);
    expect(formToPrepare({ form: 'none', suites: rows('lifecycle') })).toBe('nodes');
    expect(rows('lifecycle')[0]?.modules).toEqual(expect.arrayContaining([...MODULES_OF_UP]));
    expect(formToPrepare({ form: 'none', suites: rows('self') })).toBeUndefined();
    expect(formToPrepare({ form: 'none', suites: rows('installers') })).toBe('programs');
  });

  test('only one runner builds at a time', async () => {
    const ran = await alone(() => attempt(['node', '--import', 'tsx', join(E2E, 'main.ts'), 'build']));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain(`another run (process ${process.pid}) is building`);
  });
});

describe('the version that a declaration is synthesized for', () => {
  test('is the version that the suites run, whatever the declaration recommends', () => {
    for (const declared of ['1.31.4', '1.31.9', '1.32.0', '1.30.8'])
      expect(versionToRun(declared)).toBe(versionOf('istio'));
  });

  test("is the tutorial's own for the tutorial", () => {
    expect(versionToRun('1.7.2')).toBe('1.7.2');
  });

  test("follows the row that replaces Istio's", async () => {
    await withSubstitutes({ istio: 'istio-1.30' }, async () => expect(versionToRun('1.31.4')).toBe('1.30.4'));
  });
});

test('a suite that installs a mesh has its own clusters, after the shared ones', () => {
  const groups = groupsOf(SUITES, false);
  const own = groups.filter((group) => group.mesh !== undefined);
  expect(own.map((group) => group.suites.length)).toEqual(own.map(() => 1));
  expect(groups.slice(-own.length)).toEqual(own);
  expect(groups.flatMap((group) => group.suites)).toHaveLength(SUITES.length);
});

test('a suite reads only the output that it asks for', () => {
  const shared = { declaration: 'a.yaml', directory: 'a' };
  const own = { declaration: 'a.yaml', directory: 'b', suite: 'karmada' };
  const read = (name: string) => SUITES.filter((one) => one.name === name).map((one) => outputsOf(one, [shared, own]));
  expect(read('karmada')).toEqual([[own]]);
  expect(read('acceptance')).toEqual([[shared]]);
});

test('no two clusters share an address, a range or an interface', () => {
  const rows = [
    ...CLUSTERS,
    ...DUAL_STACK_CLUSTERS,
    FEDERATION,
    ...[0, 1, 2].map((position) => clusterRow(`c${position}`, position + CLUSTERS.length)),
  ];
  for (const key of ['index', 'address', 'services', 'pods', 'dns'] as const) {
    expect(new Set(rows.map((one) => one[key])).size, key).toBe(rows.length);
  }
  const seconds = DUAL_STACK_CLUSTERS.flatMap(({ ipv6 }) => (ipv6 === undefined ? [] : [ipv6]));
  const all = seconds.flatMap(({ address, furtherAddresses, services, pods }) => [
    address,
    ...furtherAddresses,
    services,
    pods,
  ]);
  expect(new Set(all).size).toBe(6 * DUAL_STACK_CLUSTERS.length);
});

describe('the table of suites', () => {
  const costs = suiteCosts();
  const sum = (wanted: 'warm' | 'cold'): number =>
    SUITES.filter((one) => one.core).reduce((minutes, one) => minutes + (costs.get(one.name)?.[wanted] ?? 0), 0);

  test('equals that of docs/testing.md, and every suite has its file', () => {
    const page = readFileSync(join(REPOSITORY, 'docs', 'testing.md'), 'utf8');
    const shown = [...page.matchAll(/^\| ([\w.-]+) \|.*\| (yes|`--all`) \| ([\d.]+) \| ([\d.]+) \|$/gm)];
    expect(shown.map(([, name, core, warm, cold]) => [name, core === 'yes', Number(warm), Number(cold)])).toEqual(
      SUITES.map(({ name, core }) => [name, core, costs.get(name)?.warm, costs.get(name)?.cold]),
    );
    for (const row of SUITES) {
      const directory = directoryOf(row);
      expect(statSync(join(E2E, 'suites', directory, `${directory}.suite.ts`)).isFile()).toBe(true);
    }
    expect(readdirSync(join(E2E, 'suites')).sort()).toEqual([...new Set(SUITES.map(directoryOf))].sort());
  });

  // The work between suites comes on top: starting and removing clusters, synthesis, packages, the base image.
  test('leaves room for later suites in a gate of 65 cold minutes', () => {
    expect(sum('warm')).toBeLessThanOrEqual(16);
    expect(sum('cold')).toBeLessThanOrEqual(48);
  });
});

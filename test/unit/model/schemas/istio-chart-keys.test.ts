import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { istioReleases } from '../../../../constructs/domain/istio/releases.ts';
import { chartKeysOf, isNamed, unknownKeys } from '../../../../constructs/model/schemas/istio-chart-keys.ts';
import { keysOfProto, keysOfTemplate, opened, openInTemplate } from '../../../../tools/chart-keys/texts.mts';

const { releases } = JSON.parse(readFileSync('schemas/istio-chart-keys.json', 'utf8')) as {
  releases: Record<string, { source: string }>;
};

test('every minor whose charts could be read has its keys, with their commit', () => {
  const run = Object.entries(istioReleases).filter(
    ([, { dialect, notRun }]) => dialect.name === 'current' && notRun === null,
  );
  expect(Object.keys(releases)).toEqual(run.map(([minor]) => minor));
  for (const { source } of Object.values(releases)) expect(source).toMatch(/^\S+ \([0-9a-f]{40}\)$/);
});

describe('the keys of a version', () => {
  test('are those of both charts, below pilot, too', () => {
    const { charts = {} } = chartKeysOf('1.31.4', 'helm') ?? {};
    for (const path of [['initContainers'], ['pilot', 'initContainers'], ['base', 'excludedCRDs'], ['global', 'proxy']])
      expect(isNamed(charts, path)).toBe(true);
    expect(isNamed(charts, ['pilot', 'global'])).toBe(false);
    expect(isNamed(charts, ['toString'])).toBe(false);
    expect(unknownKeys(charts, { env: { A: 1 }, global: { proxy: { a: 1 } } })).toEqual([['global', 'proxy', 'a']]);
  });

  test('of a minor without known charts are those of the newest one', () => {
    expect(chartKeysOf('1.32.0', 'istioctl')).toEqual({ ...chartKeysOf('1.31.4', 'istioctl'), istioctl: null });
    expect(chartKeysOf('1.7.2', 'istioctl')).toBeNull();
  });
});

describe('the keys in the texts of charts', () => {
  test('are those that templates name', () => {
    const text = '{{ .Values.a.b }}{{ if ($.Values.c).d }}{{ dig "e" "f" "" .Values }}{{ .Values._hidden }}';
    expect(keysOfTemplate(text)).toEqual({ a: { b: {} }, c: { d: {} }, e: { f: {} } });
  });

  test('are open where a template takes all', () => {
    expect(openInTemplate('{{ range $key, $value := .Values.env }}{{ toYaml .Values.a.b }}{{ .Values.c }}')).toEqual([
      'env',
      'a.b',
    ]);
    expect(opened({ env: { A: {} }, resources: { limits: {} }, c: { d: {} } }, ['env'])).toEqual({
      env: {},
      resources: {},
      c: { d: {} },
    });
  });

  test('are those of the messages', () => {
    const text = [
      'message A {\n  repeated string b = 1;\n  A again = 2;\n}',
      'message Values {\n  // text = 1\n  A c_d = 1 [json_name = "c-d"];\n  google.protobuf.Struct e = 2;\n}',
    ].join('\n');
    expect(keysOfProto(text)).toEqual({ 'c-d': { b: {}, again: {} }, e: {} });
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkIstioValues } from '../../../../constructs/model/schemas/check-istio-values.ts';
import type { IstioValues } from '../../../../imports/istio-values.ts';
import { fullSample, type StructuralSchema } from '../../../support/schemas/json-schema.ts';
import { replaceLeaf } from '../../../support/schemas/replace-leaf.ts';

const root = join(import.meta.dirname, '../../../..');
const schema = JSON.parse(readFileSync(join(root, 'schemas/istio-values.schema.json'), 'utf8')) as StructuralSchema;
const everything = fullSample(schema) as Record<string, unknown>;

const right: IstioValues = {
  pilot: { env: { PILOT_ENABLE_STATUS: 'true' }, autoscaleMin: 2, rollingMaxSurge: '100%', traceSampling: 0.5 },
  global: {
    meshID: 'mesh1',
    network: 'network1',
    multiCluster: { clusterName: 'cluster1' },
    proxy: { resources: { requests: { cpu: '10m', memory: '40Mi' }, limits: { cpu: 2 } } },
  },
  meshConfig: {
    accessLogFile: '/dev/stdout',
    accessLogEncoding: 'JSON',
    localityLbSetting: { enabled: true, distribute: [{ from: 'a/*', to: { 'a/*': 80, 'b/*': 20 } }] },
    extensionProviders: [{ name: 'otel', opentelemetry: { service: 'collector', port: 4317 } }],
  },
  sidecarInjectorWebhook: { neverInjectSelector: [{ matchLabels: { app: 'job' } }] },
  experimental: { anything: ['goes'] },
};

describe('valid values', () => {
  test('are accepted', () => {
    expect(checkIstioValues({ ...right })).toEqual([]);
  });

  test('may be empty', () => {
    expect(checkIstioValues({})).toEqual([]);
  });

  test('may hold every key of the schema at once', () => {
    expect(checkIstioValues(everything)).toEqual([]);
  });
});

describe('an unknown key', () => {
  test('is found at any depth, and the nearest key is suggested', () => {
    expect(checkIstioValues({ meshConfig: { localityLbSetting: { enabeld: true } } })).toEqual([
      {
        path: ['meshConfig', 'localityLbSetting', 'enabeld'],
        got: 'enabeld',
        expected: 'one of "distribute", "enabled", "failover", "failoverPriority"',
        fix: 'did you mean "enabled"?',
        isKey: true,
      },
    ]);
  });

  test('names only some of many keys', () => {
    expect(checkIstioValues({ meshConfig: { accesLogFile: '/dev/stdout' } })).toEqual([
      {
        path: ['meshConfig', 'accesLogFile'],
        got: 'accesLogFile',
        expected:
          'one of "accessLogEncoding", "accessLogFile", "accessLogFormat", "ca", "caCertificates", "certificates", "configSources", "connectTimeout" and 43 more',
        fix: 'did you mean "accessLogFile"?',
        isKey: true,
      },
    ]);
  });

  test('suggests no key that exists already', () => {
    const findings = checkIstioValues({ pilot: { taint: { enabled: true, enabeld: true } } });
    expect(findings.map(({ fix }) => fix)).toEqual(['remove it, or choose a key of schemas/istio-values.schema.json']);
  });

  test('that resembles no other one can only be removed', () => {
    expect(checkIstioValues({ gateways: {} })[0]?.fix).toBe(
      'remove it, or choose a key of schemas/istio-values.schema.json',
    );
  });

  test('at the top may be one of istiod, as Helm users write it', () => {
    expect(checkIstioValues({ autoscaleMin: 2 })[0]?.fix).toBe('move it below pilot: pilot.autoscaleMin');
  });

  test('is found in an entry of a list, and beside other mistakes', () => {
    const findings = checkIstioValues({
      pilot: { tolerations: [{ key: 'a' }, { keey: 'b', opperator: 'Exists' }] },
      meshconfig: {},
    });
    expect(findings.map(({ path }) => path)).toEqual([
      ['meshconfig'],
      ['pilot', 'tolerations', 1, 'keey'],
      ['pilot', 'tolerations', 1, 'opperator'],
    ]);
  });
});

describe('a wrong value', () => {
  test.each([
    [{ pilot: { env: { DEBUG: true } } }, 'a string', 'put it in quotes'],
    [{ pilot: { autoscaleMin: '2' } }, 'a whole number', 'remove the quotes'],
    [{ pilot: { autoscaleMin: 1.5 } }, 'a whole number', 'write a whole number'],
    [{ pilot: { traceSampling: 'some' } }, 'a number', 'write a number'],
    [{ pilot: { enabled: 'true' } }, 'true or false', 'remove the quotes'],
    [{ pilot: { enabled: 'yes' } }, 'true or false', 'write true or false'],
    [{ pilot: { hub: null } }, 'a string', 'write a string, or remove the key'],
    [{ pilot: { hub: ['a'] } }, 'a string', 'write a string'],
    [{ pilot: [] }, 'a mapping', 'write its keys on lines of their own, indented'],
    [{ pilot: { ipFamilies: 'IPv4' } }, 'a list', 'write each entry on a line of its own that begins with "- "'],
    [{ pilot: { rollingMaxSurge: 0.5 } }, 'a whole number or a string', 'put it in quotes'],
    [{ pilot: { rollingMaxSurge: [] } }, 'a whole number or a string', 'write a whole number or a string'],
    [{ meshConfig: { accessLogEncoding: 'json' } }, 'one of "TEXT", "JSON"', 'did you mean "JSON"?'],
    [{ meshConfig: { accessLogEncoding: 1 } }, 'one of "TEXT", "JSON"', 'choose one of them'],
    [{ meshConfig: { zoneAwareLbSetting: { minClusterSize: 0 } } }, '1 or more', 'raise it'],
    [
      { global: { proxy: { resources: { limits: { memory: '2 GB' } } } } },
      'a quantity, such as "500m" or "2Gi"',
      'write a quantity, such as "500m" or "2Gi"',
    ],
    [
      { global: { proxy: { resources: { limits: { cpu: 0.5 } } } } },
      'a quantity, such as "500m" or "2Gi"',
      'put it in quotes',
    ],
  ])('%j', (values, expected, fix) => {
    expect(checkIstioValues(values).map((finding) => [finding.expected, finding.fix])).toEqual([[expected, fix]]);
  });

  test('may be a list that is too long', () => {
    const extensionProviders = Array.from({ length: 1001 }, () => ({ name: 'a' }));
    const [finding, ...others] = checkIstioValues({ meshConfig: { extensionProviders } });
    expect([finding?.expected, finding?.fix, others]).toEqual(['at most 1000 entries', 'remove some', []]);
  });

  test('is shown with its place, even below a key with slashes', () => {
    expect(checkIstioValues({ pilot: { podAnnotations: { 'a.io/b~c': 1 } } })).toEqual([
      { path: ['pilot', 'podAnnotations', 'a.io/b~c'], got: 1, expected: 'a string', fix: 'put it in quotes' },
    ]);
  });

  test('may be a missing one', () => {
    expect(checkIstioValues({ meshConfig: { extensionProviders: [{ zipkin: { service: 'a' } }] } })).toEqual([
      { path: ['meshConfig', 'extensionProviders', 0, 'name'], got: undefined, expected: 'a string', fix: 'add name' },
      {
        path: ['meshConfig', 'extensionProviders', 0, 'zipkin', 'port'],
        got: undefined,
        expected: 'a whole number',
        fix: 'add port',
      },
    ]);
  });
});

// The check compiles only the part of the schema that the values touch. This compiles the whole schema.
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
const replacements = [null, 7, 0.5, '', 'two words', true, [], {}, ['a'], { unknown: 1 }, { name: 'a' }];

test('editors and synth refuse the same values, and one mistake is one finding', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...replacements), (position, replacement) => {
      const values = replaceLeaf(right, position, replacement) as Record<string, unknown>;
      const findings = checkIstioValues(values);
      expect(findings.length === 0).toBe(validate(values));
      expect(new Set(findings.map(({ path }) => JSON.stringify(path))).size).toBe(findings.length);
      for (const { expected, fix } of findings) expect(`${expected}${fix}`).not.toMatch(/undefined|a value|\.$/);
    }),
  );
});

test('the only pattern of the schema is that of quantities', () => {
  const patterns = [...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => text ?? '');
  const [pattern, ...others] = new Set(patterns.map((text) => JSON.parse(text) as string));
  expect(others).toEqual([]);
  for (const quantity of ['500m', '2Gi', '0.5', '1e3']) expect(quantity).toMatch(new RegExp(pattern ?? ''));
});

test('the schema is loaded only for declared values', () => {
  const script = `
    const { checkIstioValues } = require('./constructs/model/schemas/check-istio-values.ts');
    const loaded = () => Object.keys(require.cache).filter((file) => /node_modules.ajv|istio-values.schema/.test(file)).length;
    checkIstioValues({});
    console.log(loaded() === 0, checkIstioValues({ pilto: {} })[0].fix, loaded() > 0);
  `;
  const output = execFileSync('node', ['--import', 'tsx', '--eval', script], { cwd: root, encoding: 'utf8' });
  expect(output).toBe('true did you mean "pilot"? true\n');
});

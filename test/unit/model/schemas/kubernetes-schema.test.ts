import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeKubernetesCheck } from '../../../../constructs/model/schemas/kubernetes-schema.ts';
import { kubernetesSamples } from '../../../support/schemas/kubernetes-samples.ts';
import { replaceLeaf } from '../../../support/schemas/replace-leaf.ts';

const check = makeKubernetesCheck();

const container = { name: 'shop', image: 'shop:1' };
const pods = { metadata: { labels: { app: 'shop' } }, spec: { containers: [container] } };
const spec = { selector: { matchLabels: { app: 'shop' } }, template: pods };

const deployment = (more: object): Readonly<Record<string, unknown>> => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: { ...spec, ...more },
});
const withContainer = (more: object) =>
  deployment({ template: { ...pods, spec: { containers: [{ ...container, ...more }] } } });
const settings = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data });

const inContainer = ['spec', 'template', 'spec', 'containers', 0];

describe('valid objects', () => {
  test.each(kubernetesSamples)('$apiVersion $kind with every field', (sample) => {
    expect(check(sample)).toEqual([]);
  });

  test('as kubectl create --dry-run prints them', () => {
    const printed = deployment({ strategy: {}, template: { ...pods, metadata: { creationTimestamp: null } } });
    expect(check({ ...printed, status: {} })).toEqual([]);
  });

  test.each([1, '25%', '1'])('with %j for a number or a string', (maxSurge) => {
    expect(check(deployment({ strategy: { rollingUpdate: { maxSurge } } }))).toEqual([]);
  });

  test.each([0, 1, 0.5, '1', '+1', '.5', '1.', '500m', '2Gi', '64M', '1e3', '1E', '5E-3'])(
    'with %j for a quantity',
    (cpu) => {
      expect(check(withContainer({ resources: { requests: { cpu } } }))).toEqual([]);
    },
  );

  test('of kinds and versions that the schema does not have', () => {
    expect(check({ apiVersion: 'extensions/v1beta1', kind: 'Ingress', spec: 7 })).toEqual([]);
    expect(check({ apiVersion: 'example.com/v1', kind: 'Deployment', spec: 7 })).toEqual([]);
    expect(check({ apiVersion: 'v1', kind: 'constructor', spec: 7 })).toEqual([]);
  });

  test('with the fields that the server fills in', () => {
    const roleRef = { kind: 'Role', name: 'reader' };
    expect(
      check({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'a' }, roleRef }),
    ).toEqual([]);
  });
});

describe('a value of the wrong type', () => {
  test.each([
    ['one', 'write a whole number'],
    ['1', 'remove the quotes'],
    [1.5, 'write a whole number'],
    [true, 'write a whole number'],
  ])('%j where a whole number belongs', (replicas, fix) => {
    expect(check(deployment({ replicas }))).toEqual([
      { path: ['spec', 'replicas'], got: replicas, expected: 'a whole number', fix },
    ]);
  });

  test.each([1.5, true, [], {}])('%j where a number or a string belongs', (maxSurge) => {
    expect(check(deployment({ strategy: { rollingUpdate: { maxSurge } } }))).toMatchObject([
      { path: ['spec', 'strategy', 'rollingUpdate', 'maxSurge'], expected: 'a whole number or a string' },
    ]);
  });

  test.each(['', '64MB', '1 Gi', 'one', '1,5', 'Gi', true])('%j where a quantity belongs', (memory) => {
    const quantity = 'a quantity, such as "500m" or "2Gi"';
    expect(check(withContainer({ resources: { limits: { memory } } }))).toEqual([
      {
        path: [...inContainer, 'resources', 'limits', 'memory'],
        got: memory,
        expected: quantity,
        fix: `write ${quantity}`,
      },
    ]);
  });

  test('in a list and in a map', () => {
    expect(check(withContainer({ args: ['-v', 1] }))).toEqual([
      { path: [...inContainer, 'args', 1], got: 1, expected: 'a string', fix: 'put it in quotes' },
    ]);
    expect(check(settings({ 'a/b~c': true }))).toEqual([
      { path: ['data', 'a/b~c'], got: true, expected: 'a string', fix: 'put it in quotes' },
    ]);
  });

  // Parts that a server or a user's tools write are open: a status, and the content of managedFields.
  const isOpen = (key: string, value: unknown): boolean =>
    key === 'managedFields' || (key === 'status' && typeof value === 'object');

  test('is found in any place', () => {
    fc.assert(
      fc.property(fc.nat(kubernetesSamples.length - 1), fc.nat(), (index, position) => {
        const { apiVersion, kind, ...sample } = JSON.parse(JSON.stringify(kubernetesSamples[index]), (key, value) =>
          isOpen(key, value) ? undefined : value,
        ) as Readonly<Record<string, unknown>>;
        const broken = replaceLeaf(sample, position, []) as object;
        expect(check({ ...broken, apiVersion, kind }).map(({ got }) => got)).toEqual([[]]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('null', () => {
  const got = null;

  test('is a missing field', () => {
    expect(check(deployment({ selector: null }))).toEqual([
      { path: ['spec', 'selector'], got, expected: 'a mapping', fix: 'write a mapping' },
    ]);
  });

  test('is refused as an entry of a list or a map', () => {
    const fix = 'write a string, or remove it';
    expect(check(withContainer({ args: [null] }))).toEqual([
      { path: [...inContainer, 'args', 0], got, expected: 'a string', fix },
    ]);
    expect(check(settings({ level: null }))).toEqual([{ path: ['data', 'level'], got, expected: 'a string', fix }]);
  });
});

describe('a missing field', () => {
  test('is named', () => {
    expect(check(deployment({ template: { spec: { containers: [{ image: 'shop:1' }] } } }))).toEqual([
      { path: [...inContainer, 'name'], got: undefined, expected: 'a string', fix: 'add name' },
    ]);
  });

  test('is the missing spec itself, not the fields in it', () => {
    expect(check({ ...deployment({}), spec: undefined })).toMatchObject([{ path: ['spec'], fix: 'add spec' }]);
    expect(check(deployment({ template: {} }))).toMatchObject([
      { path: ['spec', 'template', 'spec'], fix: 'add spec' },
    ]);
  });
});

describe('an unknown field', () => {
  test.each([
    ['misspelt', withContainer({ imagePullPolice: 'Always' }), 'did you mean "imagePullPolicy"?'],
    ['of a container, one level too high', deployment({ image: 'a', replica: 1 }), 'remove it'],
    ['of the pods, two levels too high', deployment({ containers: [] }), 'move it below template.spec'],
    ['of the container, too deep', withContainer({ ports: [{ containerPort: 1, env: [] }] }), 'move it out of ports'],
    ['of nothing', withContainer({ zzz: 1 }), 'remove it'],
  ])('%s', (_, object, fix) => {
    const findings = check(object);
    expect(findings[0]).toMatchObject({ fix, isKey: true });
  });

  test('at the top, with a list of the known fields', () => {
    expect(check({ ...settings({}), dta: {} })).toEqual([
      {
        path: ['dta'],
        got: 'dta',
        expected: 'one of "apiVersion", "binaryData", "data", "immutable", "kind", "metadata"',
        fix: 'remove it',
        isKey: true,
      },
    ]);
  });
});

test('all mistakes are found at once', () => {
  const findings = check(deployment({ replicas: 'one', paused: 'no', selector: 7, bogus: 1 }));
  expect(findings.map(({ path }) => path.at(-1))).toEqual(['bogus', 'paused', 'replicas', 'selector']);
});

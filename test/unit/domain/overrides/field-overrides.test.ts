import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPatches } from '../../../../constructs/domain/json/patch.ts';
import { compileFields } from '../../../../constructs/domain/overrides/field-overrides.ts';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', labels: { app: 'shop', version: 'v1' } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop', version: 'v1' } },
      spec: {
        initContainers: [{ name: 'migrate', image: 'migrate:1' }],
        containers: [
          { name: 'shop', image: 'shop:1', env: [{ name: 'A', value: '1' }], resources: { requests: { cpu: '1' } } },
          { name: 'log', image: 'log:1' },
        ],
      },
    },
  },
};

const pod = '/spec/template/spec';
const patchesOf = (fields: object, object: object = deployment) =>
  compileFields(object as typeof deployment, fields).patches.map(({ patch: { op, path, value } }) => [op, path, value]);

describe('an override by fields', () => {
  test.each([
    ['replicas', { replicas: 3 }, [['replace', '/spec/replicas', 3]]],
    ['an image', { images: { log: 'log:2' } }, [['replace', `${pod}/containers/1/image`, 'log:2']]],
    ['of an init container', { images: { migrate: 'm:2' } }, [['replace', `${pod}/initContainers/0/image`, 'm:2']]],
    [
      'a variable that is there',
      { env: { shop: { A: '2' } } },
      [['replace', `${pod}/containers/0/env/0`, { name: 'A', value: '2' }]],
    ],
    [
      'one more variable',
      { env: { shop: { B: '2' } } },
      [['add', `${pod}/containers/0/env/1`, { name: 'B', value: '2' }]],
    ],
    [
      'two more variables, each at a path of its own: KubeFed refuses a repeated one',
      { env: { shop: { B: '2', C: '3' } } },
      [
        ['add', `${pod}/containers/0/env/1`, { name: 'B', value: '2' }],
        ['add', `${pod}/containers/0/env/2`, { name: 'C', value: '3' }],
      ],
    ],
    [
      'variables where there are none',
      { env: { log: { A: '1', B: '2' } } },
      [
        [
          'add',
          `${pod}/containers/1/env`,
          [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        ],
      ],
    ],
    ['arguments', { args: { log: ['-v'] } }, [['add', `${pod}/containers/1/args`, ['-v']]]],
    [
      'resources, keeping the others',
      { resources: { shop: { requests: { memory: '1Gi' }, limits: { cpu: '2' } } } },
      [
        ['add', `${pod}/containers/0/resources/limits`, { cpu: '2' }],
        ['add', `${pod}/containers/0/resources/requests/memory`, '1Gi'],
      ],
    ],
    [
      'variables in an order of their own: those that refer to others come last',
      { env: { log: { B: '2', A: '$(C)', C: '3' } } },
      [
        [
          'add',
          `${pod}/containers/1/env`,
          [
            { name: 'B', value: '2' },
            { name: 'C', value: '3' },
            { name: 'A', value: '$(C)' },
          ],
        ],
      ],
    ],
    [
      'a label that the selector does not name',
      { labels: { version: 'v2' } },
      [
        ['replace', '/metadata/labels/version', 'v2'],
        ['replace', '/spec/template/metadata/labels/version', 'v2'],
      ],
    ],
    [
      'a label that the selector names, with a slash',
      { labels: { app: 'store', 'example.com/tier': 'a' } },
      [
        ['replace', '/metadata/labels/app', 'store'],
        ['replace', '/spec/template/metadata/labels/app', 'store'],
        ['replace', '/spec/selector/matchLabels/app', 'store'],
        ['add', '/metadata/labels/example.com~1tier', 'a'],
        ['add', '/spec/template/metadata/labels/example.com~1tier', 'a'],
      ],
    ],
    ['what is so already', { replicas: 1, images: { shop: 'shop:1' } }, []],
  ])('%s', (_, fields, expected) => {
    expect(patchesOf(fields)).toEqual(expected);
  });

  test('adds the mapping first to an object without labels or annotations', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(patchesOf({ annotations: { x: '1', y: '2' } }, map)).toEqual([
      ['add', '/metadata/annotations', { x: '1' }],
      ['add', '/metadata/annotations/y', '2'],
    ]);
  });

  test('names the fields for which the object has no place', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(compileFields(map, { replicas: 2, images: { a: 'b' } }).misfits.map(({ key }) => key)).toEqual([
      ['replicas'],
      ['images', 'a'],
    ]);
    expect(compileFields(deployment, { images: { shpo: 'b' } }).misfits).toEqual([
      { key: ['images', 'shpo'], got: 'shpo', expected: 'a container of the object: "migrate", "shop", "log"' },
    ]);
  });

  test.each(['text', 7, true, ['a list']])('reports that there is no place below %j', (spec) => {
    const { patches, misfits } = compileFields({ ...deployment, spec }, { replicas: 2, labels: { team: 'a' } });
    expect(patches.map(({ patch: { path } }) => path)).toEqual(['/metadata/labels/team']);
    expect(misfits.map(({ key, got }) => [key, got])).toEqual([
      [['replicas'], '/spec/replicas'],
      [['labels', 'team'], '/spec/template'],
    ]);
  });
});

test('its patches apply, and change nothing the second time', () => {
  const text = fc.string({ minLength: 1 });
  const key = fc.stringMatching(/^[a-z]{1,4}(\/[a-z~]{1,3})?$/);
  const container = fc.constantFrom('migrate', 'shop', 'log');
  const fields = fc.record(
    {
      replicas: fc.nat(9),
      images: fc.dictionary(container, text),
      labels: fc.dictionary(key, text),
      annotations: fc.dictionary(key, text),
      env: fc.dictionary(container, fc.dictionary(fc.constantFrom('A', 'B', 'C'), text)),
      args: fc.dictionary(container, fc.array(text)),
      resources: fc.dictionary(
        container,
        fc.record({ requests: fc.dictionary(fc.constantFrom('cpu', 'memory'), text) }),
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fields, (wanted) => {
      const { patches, misfits } = compileFields(deployment, wanted);
      expect(misfits).toEqual([]);
      const result = applyPatches(
        deployment,
        patches.map(({ patch }) => patch),
      );
      expect(result.kind).toBe('applied');
      if (result.kind === 'applied') expect(compileFields(result.document, wanted).patches).toEqual([]);
    }),
  );
});

test('an override of many labels takes time in proportion to them', () => {
  // A copy of all labels for each of them takes a minute, and the test does not end in its time.
  const labels = Object.fromEntries(Array.from({ length: 8000 }, (_, index) => [`label-${index}`, 'value']));
  const { patches, misfits } = compileFields(deployment, { labels });
  const patched = applyPatches(
    deployment,
    patches.map(({ patch }) => patch),
  );
  expect(misfits).toEqual([]);
  expect(patched).toMatchObject({ document: { metadata: { labels } } });
});

import { describe, expect, test } from 'vitest';
import type { CustomKind } from '../../../../constructs/domain/kubernetes/custom-kinds.ts';
import { makeCustomCheck } from '../../../../constructs/model/schemas/custom-schema.ts';

const spec = {
  type: 'object',
  required: ['article', 'percent', 'step'],
  properties: {
    article: { type: 'string', pattern: '^[a-z]+$' },
    percent: { type: 'integer', maximum: 90 },
    step: { type: 'integer', default: 5 },
    mode: { type: 'string', enum: ['flat', 'tiered'] },
    limit: { 'x-kubernetes-int-or-string': true },
    note: { type: 'string', nullable: true },
    extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'string' } } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    regions: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
  },
};

function kindOf(schema: CustomKind['schema']): CustomKind {
  const names = { kind: 'Promotion', group: 'shop.example', version: 'v1', plural: 'promotions', shortNames: [] };
  return { ...names, isNamespaced: true, hasReplicas: false, schema };
}

const check = makeCustomCheck([kindOf({ type: 'object', properties: { spec } })]);
const promotion = (fields: object): Readonly<Record<string, unknown>> => ({
  apiVersion: 'shop.example/v1',
  kind: 'Promotion',
  metadata: { name: 'winter', labels: { a: 'b' } },
  spec: { article: 'mittens', percent: 20, ...fields },
});

describe('an object that its CRD accepts', () => {
  test.each([
    {},
    { step: null },
    { note: null },
    { limit: 3 },
    { limit: '3%' },
    { extra: { a: 'b', c: [1] } },
    { labels: { any: 'text' } },
    { regions: [{ name: 'north' }] },
  ])('%j', (fields) => {
    expect(check(promotion(fields))).toEqual([]);
  });
});

describe('an object that its CRD refuses', () => {
  test.each([
    [{ percent: 'ten' }, ['spec', 'percent'], 'a whole number', 'write a whole number'],
    [{ percent: '10' }, ['spec', 'percent'], 'a whole number', 'remove the quotes'],
    [{ percent: 95 }, ['spec', 'percent'], 'a value that must be <= 90', 'correct it'],
    [{ article: 'MITTENS' }, ['spec', 'article'], 'a value that must match pattern "^[a-z]+$"', 'correct it'],
    [{ article: undefined }, ['spec', 'article'], 'a string', 'add article'],
    [{ mode: 'steep' }, ['spec', 'mode'], 'one of "flat", "tiered"', 'choose one of them'],
    [{ regions: [{ nam: 'north' }] }, ['spec', 'regions', 0, 'nam'], 'one of "name"', 'did you mean "name"?'],
    [{ labels: { any: 3 } }, ['spec', 'labels', 'any'], 'a string', 'put it in quotes'],
  ])('%j', (fields, path, expected, fix) => {
    const object = JSON.parse(JSON.stringify(promotion(fields))) as Readonly<Record<string, unknown>>;
    expect(check(object)).toEqual([expect.objectContaining({ path, expected, fix })]);
  });
});

describe('a schema that a server refuses neither ends the check nor hides a mistake', () => {
  const kindWith = (schema: object) => makeCustomCheck([kindOf({ type: 'object', properties: { spec }, ...schema })]);

  test.each([
    { $async: true },
    { $id: 'http://x/y', $async: true, $schema: 'x' },
    { $ref: '#/properties/spec' },
    { $ref: 'other.json' },
    { $defs: {}, definitions: 1, if: {}, dependentSchemas: { a: 1 } },
    { required: 'a', enum: [], minProperties: -1, not: [], anyOf: [null], pattern: '(' },
    { format: 'unknown', discriminator: {}, const: 3, contains: 1 },
  ])('%j', (schema) => {
    expect(kindWith(schema)(promotion({ percent: 'ten' }))).toEqual([
      expect.objectContaining({ path: ['spec', 'percent'] }),
    ]);
  });

  test.each([{ properties: { spec: null } }, { properties: [] }, { type: ['object', 'null'] }, { items: 3 }])(
    '%j, which is read as nothing',
    (schema) => {
      expect(makeCustomCheck([kindOf(schema)])(promotion({}))).toEqual(expect.any(Array));
    },
  );
});

test('a bound excludes its value as Kubernetes writes it, and conditions leave other fields alone', () => {
  const amount = { type: 'integer', minimum: 3, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false };
  const schema = {
    type: 'object',
    properties: { amount, note: {} },
    anyOf: [{ properties: { amount: { $async: true, maximum: 9 } } }],
  };
  const one = makeCustomCheck([kindOf({ type: 'object', properties: { spec: schema } })]);
  const findings = (fields: object) => one({ ...promotion({}), spec: fields }).map(({ expected }) => expected);
  expect(findings({ amount: 5, note: 'a' })).toEqual([]);
  expect(findings({ amount: 3 })).toEqual(['a value that must be > 3']);
});

test('a pattern that JavaScript would search for ever is not checked', () => {
  const slow = { type: 'object', properties: { spec: { type: 'string', pattern: '^(a+)+$' } } };
  expect(makeCustomCheck([kindOf(slow)])({ ...promotion({}), spec: `${'a'.repeat(40)}!` })).toEqual([]);
});

test('other kinds and versions, and a CRD without a schema or with one that only Go can read, report nothing', () => {
  const unreadable = kindOf({ type: 'object', properties: { spec: { type: 'string', pattern: '(?i)a' } } });
  expect(check({ ...promotion({ percent: 'ten' }), apiVersion: 'shop.example/v2' })).toEqual([]);
  expect(makeCustomCheck([kindOf(null)])(promotion({ percent: 'ten' }))).toEqual([]);
  expect(makeCustomCheck([unreadable])({ ...promotion({}), spec: 'b' })).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { declare, type Parts } from '../support/mistakes.ts';

interface Node {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly patternProperties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly [keyword: string]: unknown;
}

const read = (file: string): Node & { readonly $id: string } =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas', file), 'utf8')) as Node & { readonly $id: string };
const schema = read('federation.schema.json');
const values = read('istio-values.schema.json');
const ajv = new Ajv2020({ allErrors: true, strict: false }).addSchema(values);
const validate = ajv.compile(schema);

interface Place {
  readonly path: string;
  readonly node: Node;
}

function placesOf(node: Node, path: string): readonly Place[] {
  const children: [string, Node][] = [
    ...Object.entries(node.properties ?? {}).map(([key, child]): [string, Node] => [`${path}.${key}`, child]),
    ...Object.values(node.patternProperties ?? {}).map((child): [string, Node] => [`${path}.*`, child]),
    ...(node.items === undefined ? [] : [[`${path}[]`, node.items] satisfies [string, Node]]),
    ...(typeof node.additionalProperties === 'object'
      ? [[`${path}.*`, node.additionalProperties] satisfies [string, Node]]
      : []),
  ];
  return children.flatMap(([place, child]) => [{ path: place, node: child }, ...placesOf(child, place)]);
}

const places = placesOf(schema, '');

test('both schemas have an id, a title and a description', () => {
  for (const one of [schema, values])
    expect(one).toMatchObject({ $id: expect.any(String), title: expect.any(String), description: expect.any(String) });
  expect(places.length).toBeGreaterThan(60);
});

describe.each(places)('$path', ({ node }) => {
  test('has a description, and a default, examples or the words to choose from', () => {
    expect(node.description).toMatch(/\w{3}/);
    expect(node.default !== undefined || (node.examples ?? []).length > 0 || (node.enum ?? []).length > 0).toBe(true);
  });

  test('accepts its default and its examples', () => {
    const ofPart = ajv.compile(node);
    const known = [...(node.examples ?? []), ...(node.default === undefined ? [] : [node.default])];
    expect(known.filter((value) => !ofPart(value))).toEqual([]);
  });
});

/** `path: message` of every error. */
function errorsOf(parts: Parts): readonly string[] {
  validate(load(declare(parts)));
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath}: ${keyword}`);
}

const host = (more: string): Parts => ({ host: `network: network1, ${more}` });
const member = (more: string): Parts => ({ member: `network: network2, ${more}` });
const override = (more: string): Parts => ({
  workload: `overrides: {member: [{resource: Deployment/web, ${more}}]}`,
});
const inOverride = '/workloads/0/overrides/member/0';

test('the declaration of these tests has no error', () => {
  expect(errorsOf({})).toEqual([]);
});

describe('each mistake is one error', () => {
  test.each<[string, Parts]>([
    ['/name: pattern', { name: 'My_Shop' }],
    ['/name: type', { name: '7' }],
    ['/istio: type', { istio: '1.31.4' }],
    ['/istio: required', { istio: '{}' }],
    ['/istio: additionalProperties', { istio: '{version: 1.31.4, verison: 1}' }],
    ['/istio/version: type', { istio: '{version: 1.31}' }],
    ['/istio/version: pattern', { istio: '{version: v1.31.4}' }],
    ['/istio/installer: enum', { istio: '{version: 1.31.4, installer: Helm}' }],
    ['/istio/installer: enum', { istio: '{version: 1.31.4, installer: 7}' }],
    ['/istio/hub: pattern', { istio: '{version: 1.31.4, hub: "https://docker.io/istio"}' }],
    ['/istio/values: type', { istio: '{version: 1.31.4, values: [a]}' }],
    ['/istio/values/pilot: additionalProperties', { istio: '{version: 1.31.4, values: {pilot: {rsources: {}}}}' }],
    ['/federation/engine: enum', { federation: '{engine: kubfed}' }],
    ['/federation/install: type', { federation: '{engine: plain, install: "yes"}' }],
    ['/clusters/0: required', { host: 'state: active' }],
    ['/clusters/0/network: type', { host: 'network: ' }],
    ['/clusters/0/gateway: type', host('gateway: 7')],
    ['/clusters/0/gateway: pattern', host('gateway: None')],
    ['/clusters/0/gateway: additionalProperties', host('gateway: {adress: 203.0.113.10}')],
    ['/clusters/0/gateway/type: enum', host('gateway: {type: loadbalancer}')],
    ['/clusters/0/gateway/address: pattern', host('gateway: {address: 203.0.113.999}')],
    ['/clusters/0/gateway/address: type', host('gateway: {address: 7}')],
    ['/clusters/0/gateway/address: minItems', host('gateway: {address: []}')],
    ['/clusters/0/gateway/address/1: pattern', host('gateway: {address: [203.0.113.10, my_lb]}')],
    ['/clusters/0/gateway/port: type', host("gateway: {port: '15443'}")],
    ['/clusters/0/gateway/port: maximum', host('gateway: {port: 70000}')],
    ['/clusters/0/gateway/annotations: additionalProperties', host('gateway: {annotations: {"a b": "c"}}')],
    ['/clusters/0/gateway/annotations/a: type', host('gateway: {annotations: {a: true}}')],
    ['/clusters/0/gateway/sourceRanges/0: pattern', host('gateway: {sourceRanges: [198.51.100.7]}')],
    ['/clusters/1/controlPlane: pattern', member('controlPlane: host')],
    ['/clusters/1/controlPlane: type', member('controlPlane: [host]')],
    ['/clusters/1/controlPlane: required', member('controlPlane: {injector: local}')],
    ['/clusters/1/controlPlane/injector: enum', member('controlPlane: {remoteOf: host, injector: Local}')],
    ['/clusters/1/apiServer: pattern', member("apiServer: 'http://203.0.113.20'")],
    ['/trust: type', { top: 'trust: existing' }],
    ['/images/registries: additionalProperties', { top: "images: {registries: {'https://docker.io': a.example}}" }],
    ['/images/registries/docker.io: pattern', { top: "images: {registries: {docker.io: 'https://a.example'}}" }],
    ['/workloads/0/placement: pattern', { workload: 'placement: host' }],
    ['/workloads/0/placement: type', { workload: 'placement: {host: true}' }],
    ['/workloads/0/placement: minItems', { workload: 'placement: []' }],
    ['/workloads/0/placement/0: pattern', { workload: 'placement: [Host]' }],
    ['/workloads/0/overrides: type', { workload: 'overrides: [{}]' }],
    ['/workloads/0/overrides: additionalProperties', { workload: 'overrides: {Member: []}' }],
    ['/workloads/0/overrides/member: type', { workload: 'overrides: {member: {resource: a}}' }],
    [`${inOverride}/images: type`, override('images: [a]')],
    [`${inOverride}/images/web: type`, override('images: {web: 2}')],
    [`${inOverride}/replicas: type`, override("replicas: '2'")],
    [`${inOverride}/replicas: minimum`, override('replicas: -1')],
    [`${inOverride}/env/web/MODE: type`, override('env: {web: {MODE: 7}}')],
    [`${inOverride}/resources/web: additionalProperties`, override('resources: {web: {request: {}}}')],
    [`${inOverride}/patches/0/op: enum`, override('patches: [{op: Replace, path: /a}]')],
    [`${inOverride}/patches/0: required`, override('patches: [{op: remove}]')],
  ])('%s', (error, parts) => {
    expect(errorsOf(parts)).toEqual([error]);
  });
});

test('the values of Istio say what Istio says about them', () => {
  const described = placesOf(values, '').filter(
    ({ node, path }) => !path.endsWith('[]') && !path.endsWith('.*') && node.description !== undefined,
  );
  const all = placesOf(values, '').filter(({ path }) => !path.endsWith('[]') && !path.endsWith('.*'));
  expect(described.length / all.length).toBeGreaterThan(0.98);
  expect(values.properties?.pilot?.properties?.autoscaleMin?.description).toMatch(/minimum number of replicas/i);
});

test('every description is of a value in the schema', () => {
  const known = new Set(placesOf(values, '').map(({ path }) => path.slice(1)));
  const descriptions = Object.keys(read('../tools/istio-values-descriptions.json')).filter((key) => key !== '$comment');
  expect(descriptions.filter((path) => !known.has(path))).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import {
  groupOfDefinition,
  isDefinition,
  readCustomKind,
} from '../../../../constructs/domain/kubernetes/custom-kinds.ts';

const replicas = { properties: { replicas: { type: 'integer', format: 'int32' } } };
const version = (name: string, storage: boolean, served = true) => ({
  name,
  served,
  storage,
  schema: { openAPIV3Schema: { properties: { spec: replicas } } },
});
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.shop.example' },
  spec: {
    group: 'shop.example',
    names: { kind: 'Thing', plural: 'things' },
    scope: 'Namespaced',
    versions: [version('v1', false), version('v2', true)],
  },
};

describe('a CustomResourceDefinition', () => {
  test('adds a kind in the version that it stores', () => {
    expect(readCustomKind(definition)).toMatchObject({
      kind: 'Thing',
      group: 'shop.example',
      version: 'v2',
      plural: 'things',
      shortNames: [],
      isNamespaced: true,
      hasReplicas: true,
    });
  });

  test('without the names of its kind is not readable', () => {
    const { names: _, ...spec } = definition.spec;
    expect(readCustomKind({ ...definition, spec })).toEqual({ path: ['spec', 'names'] });
  });

  test('that does not serve its stored version is not readable', () => {
    const spec = { ...definition.spec, versions: [version('v1', true, false)] };
    expect(readCustomKind({ ...definition, spec })).toEqual({ path: ['spec', 'versions'] });
  });

  test('is distinguished from other objects, and its name shows its group', () => {
    expect(isDefinition(definition)).toBe(true);
    expect(isDefinition({ ...definition, apiVersion: 'shop.example/v1' })).toBe(false);
    expect(groupOfDefinition('things.shop.example')).toBe('shop.example');
  });
});

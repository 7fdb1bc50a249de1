import { describe, expect, test } from 'vitest';
import { refusePath } from '../../../../constructs/domain/overrides/path-refusal.ts';

describe('refusePath', () => {
  test.each([
    '/spec/replicas',
    '/spec/apiVersion',
    '/spec/items',
    '/metadata/labels/a~1b',
    '/metadata/annotations',
    '/spec/containers/-',
    '/data/name',
    '/spec/kind',
  ])('allows %s', (path) => {
    expect(refusePath(path, 'it panics')).toBeNull();
  });

  test.each([
    '',
    'spec/replicas',
    '/',
    '/spec/',
    '/spec//x',
    '/a~2b',
    '/a~',
    '/apiVersion',
    '/apiVersion/0',
    '/kind',
    '/items',
    '/items/-',
    '/status',
    '/metadata',
    '/metadata/name',
    '/metadata/generateName',
    '/metadata/namespace',
    '/metadata/finalizers',
    '/metadata/finalizers/0',
    '/spec/containers/-1',
  ])('refuses %j', (path) => {
    expect(refusePath(path, 'it panics')).not.toBeNull();
  });

  test('resolves an index from the end', () => {
    expect(refusePath('/spec/containers/-1', 'it panics')).toEqual({
      expected: 'an array index of 0 or more, or - to append',
      fix: 'count from the start: it panics',
    });
  });
});

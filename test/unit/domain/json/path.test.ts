import { describe, expect, test } from 'vitest';
import { hasAt, type Path, valueAt } from '../../../../constructs/domain/json/path.ts';

const document = { metadata: { labels: { 'a/b': 'c', empty: null } }, spec: { ports: [{ port: 80 }, { port: 443 }] } };

describe('valueAt', () => {
  test.each<[Path, unknown]>([
    [[], document],
    [['metadata', 'labels', 'a/b'], 'c'],
    [['spec', 'ports', 1, 'port'], 443],
    // A position may be text, as in a JSON pointer.
    [['spec', 'ports', '1', 'port'], 443],
    [['metadata', 'labels', 'empty'], null],
  ])('%j exists', (path, value) => {
    expect(valueAt(document, path)).toEqual(value);
  });

  test.each<[Path]>([
    [['metadata', 'name']],
    [['spec', 'ports', 2]],
    [['spec', 'ports', '-']],
    [['metadata', 'labels', 'empty', 'x']],
    [['metadata', 'labels', 'a/b', 'length']],
    [['constructor']],
    [['__proto__', 'toString']],
  ])('%j does not exist', (path) => {
    expect(valueAt(document, path)).toBeUndefined();
  });
});

test('a null exists, an undefined value does not', () => {
  expect(hasAt(document, ['metadata', 'labels', 'empty'])).toBe(true);
  expect(hasAt({ a: undefined }, ['a'])).toBe(false);
});

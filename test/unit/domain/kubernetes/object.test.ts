import { expect, test } from 'vitest';
import { namespaceOf } from '../../../../constructs/domain/kubernetes/object.ts';

test('an object is in its own namespace or in none', () => {
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
  expect(namespaceOf({ ...object, metadata: { name: 'web', namespace: 'shop' } })).toBe('shop');
  expect(namespaceOf(object)).toBeNull();
});

import { expect, test } from 'vitest';
import { wishesOf } from '../../../../constructs/domain/overrides/field-wishes.ts';

const deployment = {
  kind: 'Deployment',
  spec: {
    selector: { matchLabels: { app: 'shop' } },
    template: { spec: { containers: [{ name: 'web', env: [{ name: 'A', value: '1' }] }] } },
  },
};
const web = ['spec', 'template', 'spec', 'containers', 0];

test('a label is wanted on the object, on its pods, and in a selector that names it', () => {
  expect(wishesOf(deployment, { labels: { app: 'cart' } }).map((wish) => 'at' in wish && wish.at.join('/'))).toEqual([
    'metadata/labels/app',
    'spec/template/metadata/labels/app',
    'spec/selector/matchLabels/app',
  ]);
  expect(wishesOf(deployment, { labels: { tier: 'front' } })).toHaveLength(2);
});

test('an existing variable keeps its position, a new one goes to the end', () => {
  expect(wishesOf(deployment, { env: { web: { A: '2', B: '3' } } })).toEqual([
    { key: ['env', 'web'], at: [...web, 'env', 0], value: { name: 'A', value: '2' } },
    { key: ['env', 'web'], at: [...web, 'env', 1], value: { name: 'B', value: '3' } },
  ]);
});

test('a field without a place is a fault of its key', () => {
  expect(wishesOf({ kind: 'ConfigMap' }, { replicas: 2, images: { web: 'a:1' } })).toEqual([
    {
      key: ['replicas'],
      got: 'ConfigMap',
      expected: 'one of Deployment, ReplicaSet, ReplicationController, StatefulSet: other kinds have no replicas',
    },
    { key: ['images', 'web'], got: 'web', expected: 'an object with containers' },
  ]);
});

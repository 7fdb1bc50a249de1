import { expect, test } from 'vitest';
import { changedPullPolicy } from '../../../../constructs/domain/kubernetes/pull-policies.ts';

const pod = {
  spec: {
    containers: [
      { name: 'a', image: 'web:1' },
      { name: 'b', image: 'web' },
      { name: 'c', image: 'web:1', imagePullPolicy: 'Always' },
    ],
  },
};
const image = (index: number): string => `/spec/containers/${index}/image`;
const policy = (index: number): string => `/spec/containers/${index}/imagePullPolicy`;

test.each([
  [0, 'web:latest', 'Always'],
  [0, 'web', 'Always'],
  [1, 'web:2', 'IfNotPresent'],
  [1, 'web@sha256:00', 'IfNotPresent'],
  [1, 'mirror.example:5000/web:2', 'IfNotPresent'],
])('container %i with %s would get %s', (index, value, expected) => {
  expect(changedPullPolicy(pod, image(index), value)).toEqual({ path: policy(index), value: expected });
});

test.each([
  ['the policy stays', image(0), 'web:2'],
  ['a registry with a port is no tag', image(1), 'mirror.example:5000/web'],
  ['the manifest names one', image(2), 'web'],
  ['the path is no image’s', '/spec/replicas', 'web'],
])('nothing changes where %s', (_, path, value) => {
  expect(changedPullPolicy(pod, path, value)).toBeNull();
});

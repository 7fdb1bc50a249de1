import { describe, expect, test } from 'vitest';
import { toPlaintext } from '../../../../constructs/engines/karmada/domain/plaintext.ts';

const containers = [
  { name: 'a', image: 'a:1' },
  { name: 'b', image: 'b' },
  { name: 'c', image: 'c:1', imagePullPolicy: 'Never' },
];
const deployment = {
  metadata: { name: 'a', labels: { 'x/y': '1' } },
  spec: { replicas: 1, template: { spec: { containers } } },
};
const image = (index: number): string => `/spec/template/spec/containers/${index}/image`;

describe("an override in Karmada's format", () => {
  test.each([
    [
      'what is there is replaced',
      [{ path: '/spec/replicas', value: 2 }],
      [{ operator: 'replace', path: '/spec/replicas', value: 2 }],
    ],
    [
      'with an escaped key, too',
      [{ op: 'replace', path: '/metadata/labels/x~1y', value: '2' }],
      [{ operator: 'replace', path: '/metadata/labels/x~1y', value: '2' }],
    ],
    [
      'what is not there is added',
      [{ op: 'replace', path: '/spec/paused', value: true }],
      [{ operator: 'add', path: '/spec/paused', value: true }],
    ],
    [
      'but not what an earlier patch has added',
      [
        { op: 'add', path: '/spec/strategy', value: { type: 'Recreate' } },
        { path: '/spec/strategy/type', value: 'RollingUpdate' },
      ],
      [
        { operator: 'add', path: '/spec/strategy', value: { type: 'Recreate' } },
        { operator: 'replace', path: '/spec/strategy/type', value: 'RollingUpdate' },
      ],
    ],
    [
      'entries of lists stay as they are',
      [{ path: '/spec/template/spec/containers/0', value: {} }],
      [{ operator: 'replace', path: '/spec/template/spec/containers/0', value: {} }],
    ],
    [
      'nothing is removed with a value',
      [{ op: 'remove', path: '/spec/replicas' }],
      [{ operator: 'remove', path: '/spec/replicas' }],
    ],
    [
      'an image with another tag',
      [{ path: image(0), value: 'a:2' }],
      [{ operator: 'replace', path: image(0), value: 'a:2' }],
    ],
    [
      'an image without a tag would be pulled always',
      [{ path: image(0), value: 'registry.example:5000/a' }],
      [
        { operator: 'replace', path: image(0), value: 'registry.example:5000/a' },
        { operator: 'add', path: '/spec/template/spec/containers/0/imagePullPolicy', value: 'Always' },
      ],
    ],
    [
      'and one with a tag no longer',
      [{ path: image(1), value: 'b@sha256:0' }],
      [
        { operator: 'replace', path: image(1), value: 'b@sha256:0' },
        { operator: 'add', path: '/spec/template/spec/containers/1/imagePullPolicy', value: 'IfNotPresent' },
      ],
    ],
    [
      'unless the manifest says how',
      [{ path: image(2), value: 'c' }],
      [{ operator: 'replace', path: image(2), value: 'c' }],
    ],
  ] as const)('%s', (_, overrides, expected) => {
    expect(toPlaintext(deployment, overrides)).toEqual(expected);
  });
});

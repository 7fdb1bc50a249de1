import { describe, expect, test } from 'vitest';
import type { Patch } from '../../../../constructs/domain/json/patch.ts';
import { applyClusterOverrides } from '../../../../constructs/engines/kubefed/domain/cluster-overrides.ts';

const template = {
  metadata: { labels: { app: 'a' } },
  spec: { replicas: 1, containers: [{ name: 'a', image: 'a:1' }, { name: 'b' }] },
};

const apply = (...overrides: readonly Patch[]) => applyClusterOverrides(template, overrides);

// These outcomes were recorded from a run of KubeFed's own library (json-patch 4.5.0 to 4.12.0).
describe('applyClusterOverrides', () => {
  test.each<[string, Patch, object]>([
    ['replaces without op', { path: '/spec/replicas', value: 2 }, { ...template.spec, replicas: 2 }],
    [
      'creates a missing leaf by replace',
      { op: 'replace', path: '/spec/paused', value: true },
      { ...template.spec, paused: true },
    ],
    ['adds over what is there', { op: 'add', path: '/spec/replicas', value: 3 }, { ...template.spec, replicas: 3 }],
    ['removes', { op: 'remove', path: '/spec/replicas' }, { containers: template.spec.containers }],
    [
      'appends',
      { op: 'add', path: '/spec/containers/-', value: { name: 'c' } },
      { ...template.spec, containers: [...template.spec.containers, { name: 'c' }] },
    ],
    [
      'inserts',
      { op: 'add', path: '/spec/containers/0', value: { name: 'c' } },
      { ...template.spec, containers: [{ name: 'c' }, ...template.spec.containers] },
    ],
  ])('%s', (_, override, spec) => {
    expect(apply(override)).toEqual({ kind: 'applied', document: { ...template, spec } });
  });

  test.each<[string, Patch]>([
    ['a missing parent', { op: 'add', path: '/metadata/annotations/team', value: 'x' }],
    ['a missing parent of replace', { path: '/spec/template/spec', value: {} }],
    ['an element that is not there', { op: 'replace', path: '/spec/containers/2', value: {} }],
    ['an insertion past the end', { op: 'add', path: '/spec/containers/3', value: {} }],
    ['a removal of what is not there', { op: 'remove', path: '/spec/paused' }],
    ['a path through a number', { path: '/spec/replicas/x', value: 1 }],
    ['a path through the prototype', { op: 'add', path: '/__proto__/x', value: 1 }],
  ])('fails on %s', (_, override) => {
    expect(apply({ path: '/spec/replicas', value: 2 }, override)).toEqual({ kind: 'failed', index: 1 });
  });

  test('lets a later override build on an earlier one, and does not change the template', () => {
    const before = structuredClone(template);
    const result = apply(
      { op: 'add', path: '/metadata/annotations', value: {} },
      { op: 'add', path: '/metadata/annotations/a~1b', value: 'c' },
    );
    expect(result).toMatchObject({ kind: 'applied', document: { metadata: { annotations: { 'a/b': 'c' } } } });
    expect(template).toEqual(before);
  });
});

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../constructs/index.ts';
import { ProblemsError } from '../../../constructs/model/problems/problem.ts';
import { manifestOf } from '../../support/declarations/arbitrary-declaration.ts';
import { declareTwoClusters } from '../../support/declarations/two-clusters.ts';
import { makeProject } from '../../support/project.ts';

const right = manifestOf('any');
const containers = '/spec/template/spec/containers';

/** `path rule: got` of every problem of a Deployment with these keys of an override, as JSON or YAML, in one cluster. */
function problemsOf(override: object | string, manifest = right): readonly string[] {
  const keys = typeof override === 'string' ? override : JSON.stringify(override).slice(1, -1);
  const overrides = `{member: [{resource: Deployment/w-any, ${keys}}]}`;
  const declaration = `${declareTwoClusters('federated')}    overrides: ${overrides}\n`;
  try {
    loadFederation(join(makeProject({ 'federation.yaml': declaration, 'any.yaml': manifest }), 'federation.yaml'));
    return [];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(({ rule, got, path }) => `${path.replace(/.*member\[0\]\./, '')} ${rule}: ${got}`).sort();
  }
}

describe('a mistake is reported', () => {
  test('at the first patch that makes it, even if an earlier one created its place', () => {
    const patches = [
      { path: '/spec/replicas', value: 2 },
      { op: 'add', path: `${containers}/-`, value: { name: 'b' } },
      { op: 'add', path: `${containers}/1/ports`, value: [{ containerPort: '80' }] },
      { op: 'add', path: `${containers}/1/prots`, value: [] },
      { op: 'remove', path: `${containers}/1/name` },
    ];
    expect(problemsOf({ patches })).toEqual([
      'patches[2].value[0].containerPort override-fits-its-schema: "80"',
      'patches[3].path override-fits-its-schema: "prots"',
      'patches[4].path override-fits-its-schema: nothing',
    ]);
  });

  test('at the field of the override that becomes this patch', () => {
    expect(problemsOf({ replicas: 2, resources: { a: { limits: { memory: '64MB' } } } })).toEqual([
      'resources.a override-fits-its-schema: "64MB"',
    ]);
  });

  test('not at all if a later patch mends it', () => {
    const patches = [
      { op: 'add', path: `${containers}/0/ports`, value: [{ containerPort: '80' }] },
      { path: `${containers}/0/ports/0/containerPort`, value: 80 },
    ];
    expect(problemsOf({ patches })).toEqual([]);
  });
});

describe('an override does not report', () => {
  test('a mistake of the manifest, even if a patch moves it', () => {
    const manifest = right.replace('replicas: 1', 'replicas: one').replace('name: a,', 'name: a, prots: [],');
    const patches = [
      { op: 'add', path: `${containers}/0`, value: { name: 'first' } },
      { path: '/spec/replicas', value: 'two' },
    ];
    expect(problemsOf({ patches }, manifest)).toEqual([
      'workloads.any.manifests[0] manifest-fits-its-schema: "one"',
      'workloads.any.manifests[0] manifest-fits-its-schema: "prots"',
    ]);
  });

  test('mistakes after a patch that another rule refuses', () => {
    const patches = [
      { path: '/metadata', value: {} },
      { path: '/spec/replicas', value: 'one' },
    ];
    expect(problemsOf({ patches })).toEqual(['patches[0].path override-path-is-allowed: "/metadata"']);
  });

  test('an ambiguous boolean a second time', () => {
    expect(problemsOf('patches: [{op: add, path: /spec/paused, value: yes}]')).toEqual([
      'patches[0].value override-value-is-unambiguous: "yes"',
    ]);
    expect(problemsOf('replicas: 1', right.replace('replicas: 1', 'paused: yes'))).toEqual([
      'workloads.any.manifests[0] manifest-scalar-is-unambiguous: "yes"',
    ]);
  });
});

test('a message does not show a secret in the wrong place', () => {
  const value = `-----BEGIN ${'PRIVATE'} KEY-----`;
  expect(problemsOf({ patches: [{ path: '/spec/replicas', value }] })).toEqual([
    'patches[0].value override-fits-its-schema: a private key',
    'patches[0].value override-holds-no-key-material: a private key',
  ]);
  expect(problemsOf('replicas: 1', right.replace('replicas: 1', `paused: ${value}`))).toEqual([
    'workloads.any.manifests[0] manifest-fits-its-schema: a private key',
    'workloads.any.manifests[0] manifest-holds-no-key-material: a private key',
  ]);
});

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../../constructs/index.ts';
import { declareManifest, problemsOfManifest } from '../../../support/problems.ts';
import { makeProject } from '../../../support/project.ts';

/** `KIND/NAME` of the objects of a manifest. */
function objectsOf(text: string): readonly string[] {
  const project = makeProject({ 'federation.yaml': declareManifest('a.yaml'), 'a.yaml': text });
  const { federation } = loadFederation(join(project, 'federation.yaml'));
  return federation.workloads.flatMap(({ objects }) =>
    objects.map(({ object }) => `${object.apiVersion} ${object.kind}/${object.metadata.name}`),
  );
}

const secret = '{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: kube-system}, data: {}}';
const settings = '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}';

describe('a list', () => {
  test.each(['List', 'ConfigMapList', 'FooList'])('of kind %s is its items', (kind) => {
    expect(objectsOf(`apiVersion: v1\nkind: ${kind}\nitems: [${settings}]\n`)).toEqual(['v1 ConfigMap/settings']);
  });

  test('of one kind gives its items the kind that they lack', () => {
    const items = 'items:\n- metadata: {name: reader}\n  rules: []\n';
    expect(objectsOf(`apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleList\n${items}`)).toEqual([
      'rbac.authorization.k8s.io/v1 Role/reader',
    ]);
    expect(problemsOfManifest(`apiVersion: v1\nkind: List\n${items}`)).toEqual(['4:3 manifest-is-a-kubernetes-object']);
    expect(problemsOfManifest(`apiVersion: v1\nkind: RoleList\nitems:\n- kind: Role\n  metadata: {name: x}\n`)).toEqual(
      ['4:3 manifest-is-a-kubernetes-object'],
    );
  });

  test.each([
    ['a list', `kind: List\nitems:\n- ${secret}\n`, '3:26'],
    ['a list of its kind', 'kind: SecretList\nitems:\n- metadata: {name: s, namespace: kube-system}\n', '3:3'],
    [
      'lists in lists',
      `kind: List\nitems:\n- kind: List\n  items:\n  - kind: SecretList\n    items: [${secret}]\n`,
      '6:36',
    ],
    ['an alias', `kind: List\nmetadata: {annotations: &s ${secret}}\nitems: [*s]\n`, '2:51'],
    ['a merge key', `kind: List\n<<: {items: [${secret}]}\n`, '2:37'],
  ])('hides no Secret: in %s', (_, text, place) => {
    const problems = problemsOfManifest(`${text}apiVersion: v1\n`);
    expect(problems).toContain(`${place} manifest-holds-no-secret-data`);
    expect(problems.some((problem) => problem.endsWith('manifest-namespace-is-the-workloads'))).toBe(true);
  });

  test('hides no value that readers read differently, wherever its items stand', () => {
    const item = '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {mode: 0644}}';
    expect(problemsOfManifest(`apiVersion: v1\nkind: List\n<<: {items: [${item}]}\n`)).toEqual([
      '3:82 manifest-scalar-is-unambiguous',
    ]);
  });

  test('without items is nothing, and the file is empty', () => {
    for (const items of ['[]', 'null', '[{apiVersion: v1, kind: List, items: []}]'])
      expect(problemsOfManifest(`apiVersion: v1\nkind: List\nitems: ${items}\n`)).toEqual([
        '1:1 manifest-file-is-not-empty',
      ]);
  });

  test('is no object that kubectl takes for a list, nor one that only sounds like one', () => {
    const head = 'apiVersion: example.org/v1\nmetadata: {name: a, namespace: shop}\n';
    expect(objectsOf(`${head}kind: AllowList\nspec: {}\n`)).toEqual(['example.org/v1 AllowList/a']);
    expect(objectsOf(`${head}kind: Playlist\nspec: {items: [1]}\n`)).toEqual(['example.org/v1 Playlist/a']);
    expect(problemsOfManifest(`${head}kind: AllowList\nitems: {a: b}\n`)).toEqual([
      '4:8 manifest-is-a-kubernetes-object',
    ]);
    expect(problemsOfManifest(`${head}kind: Order\nitems: [{a: b}]\n`)).toEqual([
      '4:8 manifest-is-a-kubernetes-object',
    ]);
  });

  test('of constructs hides no object either', () => {
    const project = makeProject({
      'federation.yaml': declareManifest('a.yaml').replace(', manifests: [a.yaml]', ''),
    });
    const define = (): unknown =>
      loadFederation(join(project, 'federation.yaml'), {
        shop: (scope) => {
          const { ApiObject } = require('cdk8s') as typeof import('cdk8s');
          new ApiObject(scope, 'list', {
            apiVersion: 'v1',
            kind: 'SecretList',
            items: [{ metadata: { name: 's' } }],
          } as never);
        },
      });
    expect(define).toThrow(/\[manifest-holds-no-secret-data\]/);
  });
});

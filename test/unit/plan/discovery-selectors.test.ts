import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { declare, findingsOf, webDeployment } from '../../support/mistakes.ts';
import { makeProject, synthesize } from '../../support/project.ts';

const declared = (selectors: string, federation?: string): Readonly<Record<string, string>> => ({
  'federation.yaml': declare({
    istio: `{version: 1.31.4, values: {meshConfig: {discoverySelectors: ${selectors}}}}`,
    ...(federation === undefined ? {} : { federation }),
  }),
  'web.yaml': webDeployment,
});

describe('selectors of the namespaces that istiod discovers', () => {
  test.each(['{engine: plain}', '{engine: karmada, kubeContext: karmada}', '{engine: kubefed, version: 0.10.0}'])(
    'label every namespace: %s',
    (federation) => {
      const files = synthesize(
        join(makeProject(declared('[{matchLabels: {mesh: "on"}}]', federation)), 'federation.yaml'),
      );
      const objects = Object.entries(files)
        .filter(([path]) => path.endsWith('/namespaces.yaml'))
        .flatMap(([, text]) => loadAll(text) as { kind: string; metadata: { name: string }; spec?: unknown }[])
        .filter(({ kind }) => /Namespace$/.test(kind));
      expect(new Set(objects.map(({ metadata }) => metadata.name))).toEqual(new Set(['istio-system', 'shop']));
      for (const object of objects) expect(JSON.stringify(object)).toContain('"mesh":"on"');
    },
  );

  test.each([
    ['[{matchLabels: {istio-injection: enabled}}]', 'discovery-selectors-match-the-namespaces'],
    ['[{matchLabels: {kubernetes.io/metadata.name: istio-system}}]', 'discovery-selectors-match-the-namespaces'],
    ['[{matchExpressions: [{key: a, operator: Equals, values: [b]}]}]', 'discovery-selector-is-readable'],
    ['[{matchExpressions: [{key: a, operator: In}]}]', 'discovery-selector-is-readable'],
    ['[{matchExpressions: [{key: a, operator: Exists, values: [b]}]}]', 'discovery-selector-is-readable'],
    ['[{matchLabels: {a b: c}}]', 'discovery-selector-is-readable'],
    ['[{matchLabels: {a: "b c"}}]', 'discovery-selector-is-readable'],
    ['[{matchExpressions: 7}]', 'istio-values-fit-their-schema'],
    ['[7]', 'istio-values-fit-their-schema'],
  ])('%s: %s', (selectors, rule) => {
    expect(findingsOf(declared(selectors)).map((finding) => finding.rule)).toEqual([rule]);
  });

  test('may name istio-system', () => {
    const name = '{matchLabels: {kubernetes.io/metadata.name: istio-system}}';
    expect(findingsOf(declared(`[{matchLabels: {istio-injection: enabled}}, ${name}]`))).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { declare, findingsOf, webDeployment } from '../../support/mistakes.ts';

const advise = (manifest: string, files: Readonly<Record<string, string>>): readonly string[] =>
  findingsOf({ 'federation.yaml': declare({}).replace('[web.yaml]', JSON.stringify([manifest])), ...files }).map(
    ({ rule, fix }) => `${rule}: ${fix.match(/"(.*)"/)?.[1] ?? fix}`,
  );

describe('what a tool must render first', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'm',
      { 'm/kustomization.yaml': 'resources: [web.yaml]\n', 'm/web.yaml': webDeployment },
      'kubectl kustomize m > rendered.yaml',
    ],
    ['m', { 'm/kustomization.yml': '', 'm/web.yaml': webDeployment }, 'kubectl kustomize m > rendered.yaml'],
    ['m', { 'm/Kustomization': '' }, 'kubectl kustomize m > rendered.yaml'],
    ['m/kustomization.yaml', { 'm/kustomization.yaml': 'resources: []\n' }, 'kubectl kustomize m > rendered.yaml'],
    [
      'm/all.yaml',
      { 'm/all.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [web.yaml]\n' },
      'kubectl kustomize m > rendered.yaml',
    ],
    [
      'chart',
      { 'chart/Chart.yaml': 'apiVersion: v2\nname: web\n', 'chart/values.yaml': 'a: 1\n' },
      'helm template NAME chart > rendered.yaml',
    ],
    [
      'chart/Chart.yaml',
      { 'chart/Chart.yaml': 'apiVersion: v2\nname: web\n' },
      'helm template NAME chart > rendered.yaml',
    ],
    ['web-1.0.tgz', { 'web-1.0.tgz': 'x' }, 'helm template NAME web-1.0.tgz > rendered.yaml'],
    [
      't.yaml',
      { 't.yaml': webDeployment.replace('name: web', 'name: "{{ .Release.Name }}"') },
      'helm template NAME CHART > rendered.yaml',
    ],
    [
      't.yaml',
      { 't.yaml': webDeployment.replace('replicas: 1', 'replicas: {{ .Values.replicas }}') },
      'helm template NAME CHART > rendered.yaml',
    ],
    [
      't.yaml',
      { 't.yaml': `{{- if .Values.web }}\n${webDeployment}{{- end }}\n` },
      'helm template NAME CHART > rendered.yaml',
    ],
    ['t', { 't/_helpers.tpl': '', 't/web.yaml': webDeployment }, 'helm template NAME CHART > rendered.yaml'],
    ['web.jsonnet', { 'web.jsonnet': '{}' }, 'jsonnet web.jsonnet > rendered.json'],
    ['c', { 'c/web.cue': 'a: 1' }, 'cue export c --out yaml > rendered.yaml'],
  ])('%s with %j', (manifest, files, command) => {
    expect(advise(manifest, files)).toEqual([`manifest-is-rendered: ${command}`]);
  });

  test('JSON is read as it is', () => {
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } });
    expect(advise('web.json', { 'web.json': json })).toEqual([]);
  });

  test.each([
    [
      'a template of alerts in a ConfigMap',
      'kind: ConfigMap\nmetadata: {name: web}\ndata: {a: "{{ .Values.b }}", c: "{{ $labels.pod }}"}\n',
    ],
    [
      'a template of another program',
      'kind: ConfigMap\nmetadata: {name: web, labels: {a: b}}\ndata:\n  a: |\n    {{ define "b" }}\n',
    ],
  ])('%s is fine', (_, text) => {
    expect(advise('web.yaml', { 'web.yaml': `apiVersion: v1\n${text}` })).toEqual([]);
  });
});

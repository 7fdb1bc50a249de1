import { expect, test } from 'vitest';
import { declare, findingsOf, webDeployment } from '../../support/mistakes.ts';

const rule = 'istio-value-needs-no-cni';

function pathsOf(values: string, cluster = '', installer = 'istioctl'): readonly string[] {
  const files = {
    'federation.yaml': declare({
      istio: `{version: 1.31.3, topology: multi-primary, installer: ${installer}, values: ${values}}`,
      member: `network: network2${cluster === '' ? '' : `, istio: {values: ${cluster}}`}`,
    }),
    'web.yaml': webDeployment,
  };
  return findingsOf(files).flatMap((finding) => (finding.rule === rule ? [finding.path] : []));
}

test.each(['istioctl', 'helm', 'sail'])('nobody installs the CNI node agent with %s', (installer) => {
  expect(pathsOf('{pilot: {cni: {enabled: true}}}', '', installer)).toEqual(['istio.values.pilot.cni.enabled']);
});

test('a cluster of its own may ask for it, too, and the chart takes it at the top', () => {
  expect(pathsOf('{}', '{pilot: {cni: {enabled: true}}}')).toEqual(['clusters.member.istio.values.pilot.cni.enabled']);
  expect(pathsOf('{cni: {enabled: true}}', '', 'helm')).toEqual(['istio.values.cni.enabled']);
});

test('a platform asks for it unless it is switched off', () => {
  expect(pathsOf('{global: {platform: openshift}}')).toEqual(['istio.values.global.platform']);
  expect(pathsOf('{platform: openshift}', '', 'helm')).toEqual(['istio.values.platform']);
  expect(pathsOf('{global: {platform: openshift}, pilot: {cni: {enabled: false}}}')).toEqual([]);
  expect(pathsOf('{pilot: {cni: {enabled: false}}}', '{global: {platform: openshift}}')).toEqual([]);
  expect(pathsOf('{global: {platform: openshift}}', '{pilot: {cni: {enabled: false}}}')).not.toEqual([]);
});

test.each(['{}', '{pilot: {cni: {enabled: false}}}', '{global: {platform: gke}}'])('%s does not need it', (values) => {
  expect(pathsOf(values)).toEqual([]);
});

test('an object of the Sail operator is told that it has no namespace', () => {
  const object =
    'apiVersion: sailoperator.io/v1\nkind: IstioCNI\nmetadata: {name: default}\nspec: {version: v1.31.3}\n';
  const workload = 'delivery: direct';
  const findings = findingsOf({ 'federation.yaml': declare({ workload }), 'web.yaml': object });
  expect(findings.map((one) => [one.rule, one.fix])).toEqual([
    ['manifest-kind-is-known', 'apply it yourself, or remove it; istio.installer: sail writes the Istio object'],
  ]);
});

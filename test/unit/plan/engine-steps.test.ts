import { join } from 'node:path';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';
import { makeProject, synthesize } from '../../support/project.ts';

/** The plan's rows of wave 05 and of helm, without the columns before the action. */
function rowsOf({ federation = {}, istio = {}, more = {} }): readonly string[] {
  const declaration = {
    name: 'demo',
    istio: { version: '1.31.4', ...istio },
    federation: { engine: 'kubefed', version: '0.10.0', ...federation },
    // The host comes last, so that the host is not the first declared cluster.
    clusters: [
      { name: 'member', role: 'member', network: 'network2', federationCluster: 'second.example' },
      { name: 'host', role: 'host', network: 'network1', apiServer: 'https://203.0.113.20:6443' },
    ],
    ...more,
  };
  const files = synthesize(join(makeProject({ 'federation.yaml': dump(declaration) }), 'federation.yaml'));
  const rows = (files['plan.tsv'] ?? '').split('\n').map((row) => row.split('\t'));
  return rows
    .filter(([wave, , , , action]) => wave?.startsWith('05-') || action === 'helm-upgrade')
    .map(([, cluster, , , action, , wait, , , , , ...args]) => [cluster, action, wait, ...args].join(' '));
}

test('without install no step installs or joins anything', () => {
  expect(rowsOf({})).toEqual([]);
});

test('the host installs KubeFed, then every cluster joins it in the order of the declaration', () => {
  expect(rowsOf({ federation: { install: true } })).toEqual([
    'host install-engine - kubefed 0.10.0 https://raw.githubusercontent.com/kubernetes-sigs/kubefed/master/charts quay.io/kubernetes-multicluster/kubefed:v0.10.0',
    'host join registration-ready member second.example -',
    'host join registration-ready host host https://203.0.113.20:6443',
  ]);
});

test('chart and image come from mirrors, with the pull secrets', () => {
  const federation = { install: true, chartRepository: 'oci://mirror.example:5000/charts' };
  const images = { registries: { 'quay.io': 'mirror.example/quay' }, pullSecrets: ['one', 'two'] };
  expect(rowsOf({ federation, more: { images } })[0]).toBe(
    'host install-engine - kubefed 0.10.0 oci://mirror.example:5000/charts mirror.example/quay/kubernetes-multicluster/kubefed:v0.10.0 one two',
  );
});

test("Istio's charts come from Istio's own repository or from a mirror", () => {
  const repositories = (istio: object) =>
    new Set(rowsOf({ istio: { installer: 'helm', ...istio } }).map((row) => row.split(' ')[7]));
  expect(repositories({})).toEqual(new Set(['https://istio-release.storage.googleapis.com/charts']));
  const chartRepository = 'http://mirror.example/istio';
  expect(repositories({ chartRepository })).toEqual(new Set([chartRepository]));
});

import { join } from 'node:path';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';
import { loadFederation, ProblemsError } from '../../../../constructs/index.ts';
import { makeProject } from '../../../support/project.ts';

type Json = Readonly<Record<string, unknown>>;

const host = { name: 'host', role: 'host', network: 'network1' };
const member = { name: 'member', role: 'member', network: 'network2' };
const declaration = {
  name: 'demo',
  istio: { version: '1.31.4' },
  federation: { engine: 'kubefed', version: '0.10.0' },
  clusters: [host, member],
};
const overridden = (patch: Json): Json => ({
  workloads: [
    {
      name: 'web',
      namespace: 'shop',
      manifests: ['web.yaml'],
      overrides: { member: [{ resource: 'ConfigMap/web', patches: [patch] }] },
    },
  ],
});
const configMap = dump({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } });

/** The fix of the one problem in the default declaration with these keys changed. */
function fixOf(changed: Json): string | undefined {
  const project = makeProject({ 'federation.yaml': dump({ ...declaration, ...changed }), 'web.yaml': configMap });
  try {
    loadFederation(join(project, 'federation.yaml'));
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems[0]?.fix;
  }
}

test.each<[string, string, Json]>([
  ['federation.engine', 'kubefed', { federation: { engine: 'kubfed', version: '0.10.0' } }],
  ['federation.engine', 'karmada', { federation: { engine: 'karmda' } }],
  ['istio.installer', 'istioctl', { istio: { version: '1.31.4', installer: 'istiocl' } }],
  ['istio.topology', 'multi-primary', { istio: { version: '1.31.4', topology: 'multiprimary' } }],
  ['clusters[].role', 'member', { clusters: [host, { ...member, role: 'membre' }] }],
  ['clusters[].state', 'leaving', { clusters: [host, { ...member, state: 'leavin' }] }],
  [
    'clusters[].controlPlane.injector',
    'local',
    { clusters: [host, { ...member, controlPlane: { remoteOf: 'host', injector: 'locale' } }] },
  ],
  ['clusters[].gateway.type', 'NodePort', { clusters: [host, { ...member, gateway: { type: 'nodeport' } }] }],
  ['clusters[].gateway.preset', 'alibaba', { clusters: [host, { ...member, gateway: { preset: 'alibab' } }] }],
  ['trust.cacerts', 'existing', { trust: { cacerts: 'exsiting' } }],
  ['trust.cacerts', 'federated-secret', { trust: { cacerts: 'federated-secrets' } }],
  [
    'workloads[].delivery',
    'direct',
    { workloads: [{ name: 'web', namespace: 'shop', delivery: 'dircet', manifests: ['web.yaml'] }] },
  ],
  ['workloads[].overrides.*[].patches[].op', 'replace', overridden({ op: 'replce', path: '/data', value: {} })],
])('a misspelt %s suggests %s', (_, meant, changed) => {
  expect(fixOf(changed)).toBe(`did you mean "${meant}"?`);
});

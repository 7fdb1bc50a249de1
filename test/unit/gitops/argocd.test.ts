import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { syncedInstallers, synthesizeSynced } from '../../support/declarations/gitops.ts';
import { synthesize } from '../../support/project.ts';

const [helm, sail] = syncedInstallers;
const argocd = { engine: 'argocd' };

type Spec = { readonly spec: Readonly<Record<string, unknown>> };
const specAt = (output: Readonly<Record<string, string>>, path: string): Spec['spec'] =>
  (load(output[path] ?? '') as Spec).spec;

describe('the sources of a release', () => {
  const istiod = 'argocd/apps/20-control-plane-host-istiod.yaml';
  // The charts of this example are in a registry, which Argo CD writes without its scheme.
  const chart = { repoURL: 'mirror.example/istio/charts', chart: 'istiod', targetRevision: '1.31.4' };

  test('are its chart and the repository with its values', () => {
    expect(specAt(synthesizeSynced('helm', helm, argocd), istiod).sources).toEqual([
      {
        ...chart,
        helm: { releaseName: 'istiod', valueFiles: ['$values/dist/host/20-control-plane/istiod-values.yaml'] },
      },
      { repoURL: 'https://git.example/federation.git', targetRevision: 'main', ref: 'values' },
    ]);
  });

  test('hold the values themselves if the repository is not of Git', () => {
    const output = synthesizeSynced('helm', helm, { ...argocd, repoURL: 'oci://registry.example/federation' });
    const { source, sources } = specAt(output, istiod);
    const valuesObject = load(output['host/20-control-plane/istiod-values.yaml'] ?? '');
    expect(sources).toBeUndefined();
    expect(source).toEqual({ ...chart, helm: { releaseName: 'istiod', valuesObject } });
  });
});

describe('the project', () => {
  const projectOf = (example: string) =>
    specAt(synthesizeSynced(example, helm, argocd), 'argocd/apps/project.yaml') as {
      readonly sourceRepos: readonly string[];
      readonly destinations: readonly {
        readonly name?: string;
        readonly server?: string;
        readonly namespace: string;
      }[];
      readonly clusterResourceWhitelist: readonly { readonly group: string; readonly kind: string }[];
    };

  test('permits the repositories and the targets, and no others', () => {
    const { sourceRepos, destinations } = projectOf('karmada');
    expect(sourceRepos).toEqual([
      'https://git.example/federation.git',
      'https://istio-release.storage.googleapis.com/charts',
    ]);
    expect(destinations).toEqual([
      { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
      { name: 'host', namespace: '*' },
      { name: 'member', namespace: '*' },
      { name: 'federation', namespace: '*' },
    ]);
  });

  test('permits kinds without a namespace only if files or charts have them', () => {
    const kinds = projectOf('karmada').clusterResourceWhitelist.map(({ group, kind }) => `${group}/${kind}`);
    expect(kinds).toContain('policy.karmada.io/ClusterPropagationPolicy');
    expect(kinds).toContain('rbac.authorization.k8s.io/ClusterRole');
    expect(kinds.filter((kind) => kind.includes('*'))).toEqual([]);
  });
});

test('the replicas of what an autoscaler scales are ignored, object by object', () => {
  const output = synthesize('examples/gitops-flux-multi-primary.yaml');
  expect(output['flux/virginia/70-workloads/70-workloads-virginia.yaml']).toContain('name: helloworld-v2');
  const ignored = synthesizeSynced('gitops-flux-multi-primary', sail, {
    ...argocd,
    repoURL: 'https://git.example/federation.git',
  });
  expect(specAt(ignored, 'argocd/apps/70-workloads-virginia.yaml').ignoreDifferences).toEqual([
    { group: 'apps', kind: 'Deployment', namespace: 'sample', name: 'helloworld-v2', jsonPointers: ['/spec/replicas'] },
  ]);
});

describe('the health checks', () => {
  const keysOf = (example: string, installer: (typeof syncedInstallers)[number]): readonly string[] => {
    const patch = load(synthesizeSynced(example, installer, argocd)['argocd/argocd-cm-patch.yaml'] ?? '');
    return Object.keys((patch as { readonly data: object }).data).map((key) =>
      key.replace('resource.customizations', ''),
    );
  };

  test('are those of the kinds that the output has', () => {
    expect(keysOf('gitops-flux', helm)).toEqual(['.health.argoproj.io_Application']);
    expect(keysOf('helm', sail)).toContain('.health.sailoperator.io_Istio');
    expect(keysOf('shop', helm)).toContain('');
  });
});

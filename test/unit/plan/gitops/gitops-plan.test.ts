import { dump, load, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { readPlan } from '../../../../operations/plan/read-plan.ts';
import { syncedInstallers, synthesizeSynced } from '../../../support/declarations/gitops.ts';
import { makeProject, synthesize } from '../../../support/project.ts';

const [helm] = syncedInstallers;
const synced = (example: string): Readonly<Record<string, string>> =>
  synthesizeSynced(example, helm, { engine: 'argocd' });

const planOf = (output: Readonly<Record<string, string>>) => readPlan(makeProject(output));

describe('plan.json', () => {
  test('says who takes each step', () => {
    const { steps } = planOf(synced('helm'));
    const owners = new Set(steps.map(({ action, owner }) => `${action}: ${owner}`));
    expect([...owners].sort()).toEqual([
      'apply: git',
      'helm-upgrade: git',
      'install-engine: operator',
      'join: operator',
      'preflight: operator',
      'remote-secret: operator',
      'verify: operator',
    ]);
  });

  test('lists what Git cannot do, in an order that works', () => {
    const { gitops } = planOf(synced('helm'));
    expect(gitops?.bootstrap.map((task) => `${task.task} ${'reads' in task ? task.reads : task.cluster}`)).toEqual([
      'install-engine host',
      'join host',
      'join host',
      'cacerts host',
      'cacerts member',
      'engine-access host',
      'engine-access member',
      'remote-secret member',
    ]);
  });

  test('says nothing of it without a GitOps engine', () => {
    const plan = planOf(synthesize('federation.yaml'));
    expect(plan).not.toHaveProperty('gitops');
    expect(plan.steps.filter((step) => 'owner' in step)).toEqual([]);
  });

  test('is refused if somebody has edited a task', () => {
    const output = synced('helm');
    const edited = output['plan.json']?.replace('"secret":"member-cluster"', '"secret":"--all"') ?? '';
    expect(edited).not.toBe(output['plan.json']);
    expect(() => planOf({ ...output, 'plan.json': edited })).toThrow('plan.json, gitops.bootstrap.6.secret');
  });
});

describe('the reader', () => {
  const objectsOf = (output: Readonly<Record<string, string>>, path: string) =>
    loadAll(output[path] ?? '') as readonly { readonly kind: string; readonly rules?: readonly object[] }[];

  test('is in the remote that a primary reads, and in no cluster that nobody reads', () => {
    const output = synced('helm');
    expect(Object.keys(output).filter((path) => path.endsWith('/reader.yaml'))).toEqual([
      'member/10-foundation/reader.yaml',
    ]);
    const objects = objectsOf(output, 'member/10-foundation/reader.yaml');
    expect(objects.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'ClusterRole', 'ClusterRoleBinding', 'Secret']);
    expect(objects.filter((object) => 'data' in object || 'stringData' in object)).toEqual([]);
  });

  test('writes only where the primary serves the cluster', () => {
    const verbsIn = (example: string, path: string): readonly string[] =>
      [...new Set(objectsOf(synced(example), path).flatMap(({ rules = [] }) => rules.flatMap(writesOf)))].sort();
    expect(verbsIn('helm', 'member/10-foundation/reader.yaml')).toEqual([
      'configmaps create,update',
      'mutatingwebhookconfigurations patch,update',
      'subjectaccessreviews create',
      'tokenreviews create',
      'validatingwebhookconfigurations update',
    ]);
    expect(verbsIn('multi-primary', 'virginia/10-foundation/reader.yaml')).toEqual([
      'subjectaccessreviews create',
      'tokenreviews create',
    ]);
  });

  function writesOf(rule: object): readonly string[] {
    const { resources, verbs } = rule as { readonly resources: readonly string[]; readonly verbs: readonly string[] };
    const writes = verbs.filter((verb) => !['get', 'list', 'watch'].includes(verb));
    return writes.length === 0 ? [] : resources.map((resource) => `${resource} ${writes.join(',')}`);
  }

  test('exists only with a GitOps engine', () => {
    const paths = Object.keys(synthesize('examples/helm.yaml'));
    expect(paths.filter((path) => /reader|argocd/.test(path))).toEqual([]);
  });
});

test('a namespace is not deleted with its last object', () => {
  const output = synced('helm');
  const [namespace] = loadAll(output['member/10-foundation/namespaces.yaml'] ?? '') as readonly {
    readonly metadata: { readonly annotations?: object };
  }[];
  expect(namespace?.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false' });
});

test('the entry points grow with the number of clusters', () => {
  const sizeOf = (count: number): number => {
    const names = ['host', ...Array.from({ length: count - 1 }, (_, index) => `member-${index}`)];
    const declaration = {
      name: 'many',
      istio: { ...helm, topology: 'multi-primary' },
      federation: { engine: 'plain' },
      clusters: names.map((name, index) => ({ name, role: index === 0 ? 'host' : 'member', network: `n${index}` })),
      gitops: { engine: 'argocd', repoURL: 'https://git.example/federation.git' },
    };
    const output = synthesize(`${makeProject({ 'federation.yaml': dump(declaration) })}/federation.yaml`);
    const entries = Object.entries(output).filter(([path]) => path.startsWith('argocd/'));
    expect(load(output['argocd/apps/kustomization.yaml'] ?? '')).toHaveProperty('resources.length', entries.length - 4);
    return entries.reduce((sum, [, content]) => sum + content.length, 0);
  };
  expect(sizeOf(20) - sizeOf(10)).toBeLessThan(1.2 * (sizeOf(10) - 2000));
});

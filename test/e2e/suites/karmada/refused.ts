import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../environment.ts';
import { type KubeObject, listOf } from '../../kubernetes/documents.ts';
import { apply } from '../../kubernetes/kubectl.ts';
import { REPOSITORY } from '../../machine/paths.ts';
import type { Federation } from './outcomes.ts';
import { lackingKind, type Refused, refused, unaccepted } from './refusals.ts';

const NAMESPACE = 'refused';
const apiVersion = 'policy.karmada.io/v1alpha1';

/** Installs a kind in the federation and one member, but not in the other member, before Karmada checks. */
export async function bringLackingKind(federation: Cluster, host: Cluster): Promise<void> {
  for (const cluster of [federation, host]) await apply(cluster, JSON.stringify(lackingKind), ['--server-side']);
}

/** Applies all objects that our rules refuse, and returns the tests of their effects. */
export function describeRefused(where: Federation): () => void {
  const objects = refused.map((row, index) => named(row, `case-${index + 1}`));

  test('Karmada accepts what our rules refuse', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
    const policies = refused.flatMap((row, index) => policiesFor(row, objects[index] as KubeObject));
    await apply(where.federation, listOf([namespace, ...policies, ...objects]), ['--server-side']);
  });

  return () =>
    describe('Karmada mishandles what our rules refuse', () => {
      test.each(refused.map((row, index) => ({ ...row, object: objects[index] as KubeObject })))(
        '$what [$because]: $becomes',
        async ({ because, outcome, object }) => {
          expectSaid(because);
          await outcome(where, object);
        },
      );

      test.each(unaccepted)('Karmada does not accept $what [$because]', async ({ because, object, message }) => {
        expectSaid(because);
        await expect(apply(where.federation, JSON.stringify(object))).rejects.toThrow(message);
      });
    });
}

// A rule's id, or words of the page about engines: a row must not outlive its rule.
function expectSaid(because: string): void {
  const page = (name: string) => readFileSync(join(REPOSITORY, 'docs', name), 'utf8').replaceAll(/\s+/g, ' ');
  if (/^[a-z-]+$/.test(because)) expect(page('rules.md')).toContain(`| \`${because}\` |`);
  else expect(page('engines.md')).toContain(because);
}

function named({ template }: Refused, name: string): KubeObject {
  return { ...template, metadata: { namespace: NAMESPACE, ...template.metadata, name } };
}

function policiesFor({ clusters, patches = [], patched = 'member' }: Refused, object: KubeObject): KubeObject[] {
  const { name, namespace } = object.metadata;
  const metadata = namespace === undefined ? { name } : { name, namespace };
  const resourceSelectors = [{ apiVersion: object.apiVersion, kind: object.kind, ...metadata }];
  const clusterAffinity = clusters === 'unsaid' ? {} : { clusterNames: clusters ?? ['host', 'member'] };
  const propagation = { resourceSelectors, placement: { clusterAffinity } };
  const overriders = { plaintext: patches };
  const overrides = { resourceSelectors, overrideRules: [{ targetCluster: { clusterNames: [patched] }, overriders }] };
  const policy = (kind: string, spec: object): KubeObject & { spec: object } => ({ apiVersion, kind, metadata, spec });
  return [
    ...(patches.length === 0 ? [] : [policy('OverridePolicy', overrides)]),
    policy('PropagationPolicy', propagation),
  ];
}

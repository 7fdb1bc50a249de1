import { expect, test } from 'vitest';
import type { Cluster, Synthesized } from '../../environment.ts';
import { identityOf, type KubeObject } from '../../kubernetes/documents.ts';
import { findAll } from '../../kubernetes/kubectl.ts';
import { tryOperation } from '../../product/operation.ts';
import { declarationOf } from '../../product/output.ts';
import { effectiveIn } from './delivery.ts';

const isNamespace = (one: KubeObject) => one.kind === 'Namespace';

/**
 * Tests that the objects that an output gave Karmada are removed from every member. Its namespaces existed before apply
 * ran, so they stay.
 */
export function describeDestruction(output: Synthesized, members: readonly Cluster[]): void {
  test('everything is removed from every member except namespaces that existed before', async () => {
    const { status, stderr } = await tryOperation(output, ['--yes', declarationOf(output).name], {
      operation: 'destroy',
    });
    expect(status, stderr).toBe(0);
    for (const one of members) {
      const effective = effectiveIn(output, one);
      const left = await findAll(one, effective);
      expect(left.map(identityOf)).toEqual(effective.filter(isNamespace).map(identityOf));
    }
  });
}

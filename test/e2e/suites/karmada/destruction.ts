import { expect, test } from 'vitest';
import { identityOf, type KubeObject } from '../../ground/documents.ts';
import type { Cluster, Synthesized } from '../../ground/ground.ts';
import { findAll } from '../../ground/kubectl.ts';
import { declarationOf } from '../../ground/output.ts';
import { tryScript } from '../../ground/script.ts';
import { effectiveIn } from './delivery.ts';

const isNamespace = (one: KubeObject) => one.kind === 'Namespace';

/**
 * Tests that what Karmada was given of an output goes from every member. Its namespaces were there before its own
 * script was run, so they stay.
 */
export function describeDestruction(output: Synthesized, members: readonly Cluster[]): void {
  test('everything goes from every member but namespaces that were there before', async () => {
    const { status, stderr } = await tryScript(output, ['--yes', declarationOf(output).name], 'destroy.sh');
    expect(status, stderr).toBe(0);
    for (const one of members) {
      const effective = effectiveIn(output, one);
      const left = await findAll(one, effective);
      expect(left.map(identityOf)).toEqual(effective.filter(isNamespace).map(identityOf));
    }
  });
}

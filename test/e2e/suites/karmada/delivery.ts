import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Cluster, Synthesized } from '../../environment.ts';
import { allAsCreated, comparable } from '../../kubernetes/as-created.ts';
import { documentsIn, groupOf, identityOf, type KubeObject } from '../../kubernetes/documents.ts';
import { findAll } from '../../kubernetes/kubectl.ts';
import { applyStep, objectsOf } from '../../product/apply.ts';
import { hold } from '../../product/gates.ts';
import { clusterFor, type Step, stepsOf } from '../../product/output.ts';

// The waves that Karmada needs or delivers; the other waves belong to the mesh.
const WAVES = ['05-federation-control-plane', '60-federation'];

// A patch replaces the selector of a disruption budget and the volume claims of a StatefulSet as a whole, so kubectl
// always sends them; they change nothing.
const UNCHANGED = / unchanged$|^(poddisruptionbudget\.policy|statefulset\.apps)\/\S+ configured$/;

/** The federated objects of one cluster according to an output. */
export function effectiveIn(output: Synthesized, cluster: Cluster): KubeObject[] {
  return documentsIn(join(output.directory, 'effective', cluster.name));
}

/** Tests that each member gets exactly the objects in `effective/` from the objects that an output gives Karmada. */
export function describeDelivery(output: Synthesized, members: readonly Cluster[]): void {
  const steps = stepsOf(output).filter((step) => WAVES.includes(step.wave) && step.action === 'apply');
  const templates = steps
    .filter((step) => step.wave === '60-federation')
    .flatMap((step) => objectsOf(output, step))
    .filter((one) => groupOf(one) !== 'policy.karmada.io');

  describe(output.declaration, () => {
    test.each(steps)('$wave of $cluster is accepted, and its gate opens: $wait', async (step) => {
      expect(await applyStep(output, step)).toHaveLength(objectsOf(output, step).length);
      await hold(output, step);
    });

    describe.each(members)('in $name', (cluster) => {
      const expected = effectiveIn(output, cluster);

      test('every object matches effective/, field by field', async () => {
        expect(expected.length).toBeGreaterThan(0);
        const live = await findAll(cluster, expected);
        expect(live.map(identityOf)).toEqual(expected.map(identityOf));
        const wanted = await allAsCreated(cluster, expected);
        for (const [index, one] of live.entries()) {
          expect(comparable({ ...one }), identityOf(one)).toEqual(wanted[index]);
        }
      });

      test('objects placed elsewhere are absent', async () => {
        const here = new Set(expected.map(identityOf));
        const elsewhere = templates.filter((one) => !here.has(identityOf(one)));
        expect((await findAll(cluster, elsewhere)).map(identityOf)).toEqual([]);
      });
    });

    test('applied again, nothing changes', () => Promise.all(steps.map((step) => expectUnchanged(output, step))));
  });
}

async function expectUnchanged(output: Synthesized, step: Step): Promise<void> {
  const generations = async () =>
    (await findAll(clusterFor(output, step.cluster), objectsOf(output, step))).map(
      (one) => (one.metadata as { generation?: number }).generation,
    );
  const before = await generations();
  // Built-in types know how lists merge. Requesting the server's whole schema takes seconds.
  const lines = await applyStep(output, step, ['--openapi-patch=false']);
  for (const line of lines) expect(line, step.path).toMatch(UNCHANGED);
  expect(await generations(), step.path).toEqual(before);
}

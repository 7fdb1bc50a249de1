import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { renderPlanTable } from '../../constructs/delivery/tables/plan-table.ts';
import { readOutput } from '../../operations/plan/output.ts';
import { makeProject } from '../support/project.ts';
import { dist } from './apply/apply-run.ts';

/** A copy of the output of this repository, in which somebody changes the plan and its table alike. */
function outputWith(change: (plan: PlanJson) => PlanJson): string {
  const output = join(makeProject({}), 'out');
  cpSync(dist, output, { recursive: true });
  const plan = change(JSON.parse(readFileSync(join(output, 'plan.json'), 'utf8')) as PlanJson);
  writeFileSync(join(output, 'plan.json'), JSON.stringify(plan));
  writeFileSync(join(output, 'plan.tsv'), renderPlanTable(plan.steps).content);
  return output;
}

describe('an output that somebody has changed', () => {
  test('can be read if nothing was changed in it', () => {
    expect(readOutput(outputWith((plan) => plan)).plan.federation).toBe('demo');
  });

  test.each(['/srv/evil', './evil', 'sh', 'reboot', 'kubectl-evil'])(
    'names no program that we do not know: %s',
    (name) => {
      const output = outputWith((plan) => ({ ...plan, steps: plan.steps.map((step) => ({ ...step, needs: [name] })) }));
      expect(() => readOutput(output)).toThrow('cannot read plan.json, steps.0.needs.0');
    },
  );

  test.each(['../../secret', '/secret', './istiod.yaml', 'a//b', '-f'])(
    'has no inventory that leads to another place: %s',
    (path) => {
      const output = outputWith((plan) => plan);
      writeFileSync(join(output, '../secret'), 'text');
      const sha256 = createHash('sha256').update('text').digest('hex');
      writeFileSync(join(output, 'host/inventory.json'), JSON.stringify({ files: [{ path, sha256 }] }));
      expect(() => readOutput(output)).toThrow('host/inventory.json is not one that synth writes');
    },
  );
});

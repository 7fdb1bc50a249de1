import { z } from 'zod';
import { type PlanJson, planFormat } from '../../constructs/delivery/tables/plan-json.ts';
import { renderPlanTable } from '../../constructs/delivery/tables/plan-table.ts';
import { parseJson } from '../../constructs/domain/json/parse-json.ts';
import { dnsLabelPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import { UserMistake } from '../../constructs/model/problems/problem.ts';
import { gitopsSchema } from './gitops-schema.ts';
import { readOutputFile } from './output-files.ts';
import { stepSchema } from './step-schema.ts';

const planSchema: z.ZodType<PlanJson> = z.strictObject({
  format: z.literal(planFormat),
  federation: z.string().regex(dnsLabelPattern),
  declaration: z.string(),
  gitops: gitopsSchema.exactOptional(),
  steps: z.array(stepSchema),
});

/**
 * Reads the plan of an output.
 *
 * @param directory of the output
 * @throws UserMistake when it has no plan, when this version cannot read it, or when it is not the plan that people have
 * reviewed in `plan.tsv`
 */
export function readPlan(directory: string): PlanJson {
  const plan = parsePlan(directory, readOutputFile(directory, 'plan.json'));
  const table = renderPlanTable(plan.steps).content;
  if (table !== readOutputFile(directory, 'plan.tsv'))
    throw new UserMistake(`${directory}: plan.json is not the plan of plan.tsv, which people review; synthesize again`);
  refuseOtherFederation(directory, plan);
  return plan;
}

// The record of a federation in a cluster has the name that the preflight step asks for.
function refuseOtherFederation(directory: string, { federation, steps }: PlanJson): void {
  const other = steps.find((step) => step.action === 'preflight' && step.federation !== federation);
  if (other?.action !== 'preflight') return;
  throw new UserMistake(
    `${directory}: plan.json is of federation ${federation}, but its preflight is of ${other.federation}; synthesize again`,
  );
}

function parsePlan(directory: string, text: string): PlanJson {
  const { success, data, error } = planSchema.safeParse(parseJson(text));
  if (success) return data;
  const [issue] = error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'plan.json' : `plan.json, ${issue.path.join('.')}`;
  throw new UserMistake(`${directory}: this version cannot read ${place}; synthesize again with this version`);
}

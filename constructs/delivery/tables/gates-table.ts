import { groupBy } from '../../domain/group-by.ts';
import { type ConditionContext, conditionsAfter, lateAddresses } from '../../plan/conditions/after-steps.ts';
import { conditionsBefore, conditionsFirst } from '../../plan/conditions/before-steps.ts';
import type { Condition } from '../../plan/conditions/condition.ts';
import type { EngineConditions } from '../../plan/conditions/engine-conditions.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Step } from '../../plan/steps/step.ts';
import { type WaveName, waves } from '../../plan/waves.ts';
import type { InventoriedObject, OutputFile, TargetFile } from '../output-file.ts';
import { actionOf } from './plan-table.ts';
import { renderTable } from './table.ts';

type Cells = readonly (string | null)[];

/** When a condition is asked for. An `address` is asked for when a step or a check needs it. */
type When = 'first' | 'before' | 'after' | 'address';

/** Long enough for a load balancer of a cloud, and for an image that a node has to fetch. */
const patience = 300;

/**
 * Every gate, precondition and late address of the plan: the questions that apply.sh asks, and the answers that let it go
 * on.
 */
export function renderGatesTable(
  { federation, steps }: Plan,
  files: readonly TargetFile[],
  engine: EngineConditions,
): OutputFile {
  const context: ConditionContext = { federation, engine, objectsOf: appliedBy(files) };
  const rows = [
    ...steps.flatMap((step) => [
      ...conditionsFirst({ federation, engine, steps }, step).map(rowOf(step, 'first')),
      ...conditionsBefore(step).map(rowOf(step, 'before')),
      ...conditionsAfter(context, step).map(rowOf(step, 'after')),
    ]),
    ...lateAddresses(federation).map(([{ name }, condition]) =>
      cellsOf({ wave: 'verify', cluster: name, action: null, when: 'address' }, condition),
    ),
  ];
  const columns = ['wave', 'cluster', 'action', 'when', 'at', 'kind', 'namespace', 'name', 'jsonpath'];
  return renderTable('gates.tsv', [...columns, 'match', 'pattern', 'wait', 'fix'], rows);
}

function appliedBy(files: readonly TargetFile[]): (step: Step) => readonly InventoriedObject[] {
  const applied = groupBy(
    files.filter(({ isApplied }) => isApplied),
    ({ wave, target }) => `${wave}/${target}`,
  );
  return ({ action, wave, target }) =>
    action === 'apply' ? (applied.get(`${wave}/${target.name}`) ?? []).flatMap(({ objects }) => objects) : [];
}

function rowOf(step: Step, when: When): (condition: Condition) => Cells {
  const { wave, target } = step;
  return (condition) => cellsOf({ wave, cluster: target.name, action: actionOf(step), when }, condition);
}

interface Place {
  readonly wave: WaveName;
  readonly cluster: string;
  readonly action: string | null;
  readonly when: When;
}

function cellsOf({ wave, cluster, action, when }: Place, condition: Condition): Cells {
  const { at, kind, namespace, name, jsonpath, match, pattern, isAwaited, fix } = condition;
  const wait = isAwaited ? String(patience) : '0';
  const question = [at.name, kind, namespace, name, jsonpath];
  return [waves[wave].directory, cluster, action, when, ...question, match, pattern ?? '.*', wait, fix];
}

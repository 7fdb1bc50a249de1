import { groupBy } from '../../constructs/domain/group-by.ts';
import type { Step } from '../../constructs/plan/steps/step.ts';
import { waves } from '../../constructs/plan/waves.ts';
import type { Output } from '../plan/output.ts';
import type { PlannedObject } from '../plan/planned-objects.ts';

// Of each output once: a plan may have some ten thousand objects, and as many steps.
const indexes = new WeakMap<Output, ReadonlyMap<string, readonly PlannedObject[]>>();

/** The objects that a step applies. */
export function objectsOfStep(output: Output, { action, target, wave }: Step): readonly PlannedObject[] {
  if (action !== 'apply') return [];
  const index = indexes.get(output) ?? groupBy(output.objects, (object) => `${object.cluster}/${object.wave}`);
  indexes.set(output, index);
  return index.get(`${target.name}/${waves[wave].directory}`) ?? [];
}

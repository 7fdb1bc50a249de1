import type { StepBase } from './step.ts';

/** The common fields of a step that belongs to no engine, waits for nothing, needs nothing and leaves nothing. */
export function stepBase({ wave, target }: Pick<StepBase, 'wave' | 'target'>): StepBase {
  return { wave, target, gate: null, engine: null, needs: [], brings: [], undo: null };
}

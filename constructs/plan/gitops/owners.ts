import type { Step, StepOwner } from '../steps/step.ts';

/** Who takes a step in a federation with a GitOps engine: the engine, if the step applies what is in the repository. */
export function ownerOf({ action }: Step): StepOwner {
  return action === 'apply' || action === 'helm-upgrade' ? 'git' : 'operator';
}

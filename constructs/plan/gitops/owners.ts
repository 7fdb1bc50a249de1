import type { ApplyStep, HelmUpgradeStep, Step, StepOwner } from '../steps/step.ts';

/** A step that applies what is in the repository. */
export type GitStep = ApplyStep | HelmUpgradeStep;

/** Whether a GitOps engine takes a step. */
export function isOfGit(step: Step): step is GitStep {
  return step.action === 'apply' || step.action === 'helm-upgrade';
}

/** Who takes a step in a federation with a GitOps engine. */
export function ownerOf(step: Step): StepOwner {
  return isOfGit(step) ? 'git' : 'operator';
}

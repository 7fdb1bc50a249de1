import type { ApplyStep } from '../../constructs/plan/steps/step.ts';
import { applyTo } from '../run/applied.ts';
import type { Run, Tell } from '../run/run.ts';
import { clusterOf } from '../run/target.ts';
import { applyCacerts } from './cacerts-secret.ts';
import { nothingTaken, type Taken } from './taken.ts';

/** Applies the files of a step, or shows what that would change. */
export async function applyDirectory(run: Run, step: ApplyStep, tell: Tell): Promise<Taken> {
  const cluster = clusterOf(run, step);
  const manifests = run.output.textOf(step.path);
  const { forceConflicts: force } = run.settings;
  switch (run.mode) {
    case 'diff': {
      const answer = await cluster.changes.diff(manifests, { force });
      if (answer.kind === 'found') return { ...nothingTaken, differences: answer.value };
      return leaveUntried(answer.kind === 'failed' ? answer.reason : '', tell);
    }
    case 'dry-run': {
      const answer = await cluster.changes.apply(manifests, { force, isDryRun: true });
      if (answer.kind !== 'found') return leaveUntried(answer.kind === 'failed' ? answer.reason : '', tell);
      for (const line of answer.value) tell(line);
      return nothingTaken;
    }
    case 'apply':
      await applyTo(run, cluster, manifests, `${step.path} is not applied`, tell);
      if (step.gate?.kind === 'cacerts-present') await applyCacerts(run, cluster, tell);
      return nothingTaken;
  }
}

// Something that an earlier step would have created does not exist yet: a namespace, a CustomResourceDefinition.
function leaveUntried(reason: string, tell: Tell): Taken {
  tell(reason);
  tell('cannot be tried before earlier steps are taken');
  return { ...nothingTaken, untried: 1 };
}

import type { Step } from '../../constructs/plan/steps/step.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { Failure } from '../clusters/failure.ts';
import type { Run } from './run.ts';

/** The cluster on which a step acts. */
export function clusterOf(run: Run, step: Pick<Step, 'target'>): Cluster {
  return clusterNamed(run, step.target.name);
}

/** A cluster of the plan. */
export function clusterNamed({ clusters }: Pick<Run, 'clusters'>, name: string): Cluster {
  const cluster = clusters.get(name);
  if (cluster === undefined)
    throw new Failure({
      problem: `the plan has a step about ${name}, and no cluster of this name`,
      fix: 'synthesize again',
    });
  return cluster;
}

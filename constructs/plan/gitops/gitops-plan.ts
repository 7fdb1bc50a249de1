import { groupBy } from '../../domain/group-by.ts';
import type { Federation } from '../../model/federation.ts';
import type { Gitops } from '../../model/gitops.ts';
import type { PlannedFile } from '../component.ts';
import type { Step } from '../steps/step.ts';
import { type WaveName, waves } from '../waves.ts';
import { type BootstrapTask, bootstrapTasks } from './bootstrap.ts';
import { planUnits, type Unit } from './units.ts';

/** The units of one wave. The next wave begins when all of them are healthy. */
export interface UnitsOfWave {
  readonly wave: WaveName;
  /** `10-foundation`. */
  readonly directory: string;
  readonly units: readonly Unit[];
}

/** What a GitOps engine applies in which order, and what it cannot do. Both engines write it down in their own objects. */
export interface GitopsPlan {
  readonly gitops: Gitops;
  /** The waves with something to apply, in order. */
  readonly waves: readonly UnitsOfWave[];
  /** The work that Git cannot do, in the order of the steps. */
  readonly bootstrap: readonly BootstrapTask[];
}

/** Plans what a GitOps engine does. Null if the federation has none. Its size grows with the number of steps. */
export function planGitops(
  federation: Federation,
  files: readonly PlannedFile[],
  steps: readonly Step[],
): GitopsPlan | null {
  const { gitops } = federation;
  if (gitops === null) return null;
  const units = groupBy(planUnits(federation, files, steps), ({ wave }) => wave);
  return {
    gitops,
    waves: [...units].map(([wave, inside]) => ({ wave, directory: waves[wave].directory, units: inside })),
    bootstrap: bootstrapTasks(federation, gitops, steps),
  };
}

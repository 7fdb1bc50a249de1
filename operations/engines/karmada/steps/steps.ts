import { Failure } from '../../../clusters/failure.ts';
import type { EngineSteps } from '../../engine-steps.ts';
import { propagationWaits } from './propagation.ts';
import { typesWait } from './types.ts';

const refuse = async (): Promise<never> => {
  throw new Failure({
    problem: 'nothing here installs Karmada, joins a cluster to it, or has it carry a CA',
    fix: 'synthesize again with this version',
  });
};

/** Karmada: unmodified objects on its own API server, and policies that bring them to the clusters. */
export const karmadaSteps: EngineSteps = {
  install: refuse,
  join: refuse,
  carryCacerts: refuse,
  typesWait,
  propagationWaits,
  registrationWaits: async () => null,
};

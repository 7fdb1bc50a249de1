import type { EngineSteps } from '../../engine-steps.ts';
import { registrationProblem } from '../registration.ts';
import { carryCacerts } from './carry-cacerts.ts';
import { install } from './install.ts';
import { join } from './join.ts';
import { propagationWaits, typesWait } from './propagation.ts';

/** KubeFed: Federated objects on the host, from which its controller makes objects in every cluster. */
export const kubefedSteps: EngineSteps = {
  install,
  join,
  carryCacerts,
  typesWait,
  propagationWaits,
  registrationWaits: (cluster, { joining }) =>
    registrationProblem(cluster, joining.federationCluster, joining.apiServer),
};

import type { PlanServer } from '../plan/clusters.ts';
import type { Answer } from './answer.ts';
import type { Changes } from './changes.ts';
import type { Kubectl } from './kubectl.ts';
import type { ServedKinds } from './served-kinds.ts';

/** An API server that a run reaches, and that is the one which the plan means. */
export interface Cluster extends Omit<PlanServer, 'uid'> {
  /** Its observed identity. */
  readonly uid: string;
  readonly kinds: {
    /** Asks anew: CustomResourceDefinitions may have come. */
    readonly ofNow: () => Promise<Answer<ServedKinds>>;
    /** Asks once, and keeps the answer until `ofNow`. */
    readonly known: () => Promise<Answer<ServedKinds>>;
  };
  readonly kubectl: Kubectl;
  readonly changes: Changes;
}

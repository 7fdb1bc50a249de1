import type { Step } from '../../../constructs/plan/steps/step.ts';
import type { OnCall } from '../../support/servers/interruptions.ts';
import type { Servers } from '../../support/servers/servers.ts';
import type { ClusterDescription } from '../../support/servers/world.ts';

/** What a scenario may change when it has its servers. */
export interface Scene {
  readonly servers: Servers;
  /** Changes steps of the plan, in `plan.json` and so in `plan.tsv`. */
  readonly editPlan: (change: (step: Step) => Step) => void;
}

/** The world of a recorded run, as one of servers that keep what they are told. */
export interface Scenario {
  /** The recorded run that it stands for. */
  readonly id: string;
  /** @default 'default' */
  readonly output?: string;
  /** The output that is applied before, if any. */
  readonly applied?: string;
  /** Who has made the Secrets cacerts: somebody before, or each apply, or nobody. @default 'somebody' */
  readonly cacerts?: 'somebody' | 'apply' | 'nobody';
  /** Changes of clusters, by their names. */
  readonly clusters?: Readonly<Record<string, Partial<ClusterDescription>>>;
  /** API servers as KubeFed knows them, by the names of the clusters. @default - those of the clusters */
  readonly joined?: Readonly<Record<string, string>>;
  /** Happens after everything is applied, and before the run. */
  readonly before?: (scene: Scene) => void;
  /** What happens to the calls of the run. */
  readonly onCall?: OnCall;
  /** Words in place of those that were recorded. */
  readonly args?: readonly string[];
  readonly versions?: { readonly istioctl?: string };
}

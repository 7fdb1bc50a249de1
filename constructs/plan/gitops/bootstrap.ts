import type { Federation } from '../../model/federation.ts';
import type { Gitops } from '../../model/gitops.ts';
import type { Step } from '../steps/step.ts';
import { targetsOf } from '../targets.ts';
import { readerAccount, readerSecret } from './reader.ts';

/** A piece of work that Git cannot do, because it needs a credential or makes one. */
export type BootstrapTask = StepTask | CacertsTask | EngineAccessTask | RemoteSecretTask;

/** A step of the plan that is taken as without a GitOps engine. */
export interface StepTask {
  readonly task: 'install-engine' | 'join' | 'remote-secret-gone';
  /** Name of the target of the step. */
  readonly cluster: string;
  /** Name of the cluster that joins, or that is read no more; null for a step about its target alone. */
  readonly other: string | null;
}

/** Secret istio-system/cacerts of a cluster, before Istio is there. */
export interface CacertsTask {
  readonly task: 'cacerts';
  readonly cluster: string;
}

/**
 * The Secret with which the GitOps engine reaches a target. It comes after everything that must be there before the first
 * wave: without it the engine applies nothing to the target.
 */
export interface EngineAccessTask {
  readonly task: 'engine-access';
  /** Name of the cluster in which the GitOps engine runs. */
  readonly cluster: string;
  readonly gitopsEngine: string;
  readonly namespace: string;
  readonly secret: string;
  /** Name of the target that the engine reaches with it. */
  readonly reads: string;
  /** Declared URL of the API server of this target. Null means the address in the kubeconfig. */
  readonly apiServer: string | null;
}

/** The remote secret of a step of the plan. Its token is the one of an account that Git has made. */
export interface RemoteSecretTask {
  readonly task: 'remote-secret';
  readonly cluster: string;
  readonly reads: string;
  readonly account: string;
  /** The Secret with the token of the account. */
  readonly secret: string;
}

/** The work that Git cannot do, in the order in which it can be done. */
export function bootstrapTasks(
  federation: Federation,
  gitops: Gitops,
  steps: readonly Step[],
): readonly BootstrapTask[] {
  const ofSteps = steps.flatMap(taskOf);
  const isFirst = ({ task }: BootstrapTask): boolean => task === 'install-engine' || task === 'join';
  return [
    ...ofSteps.filter(isFirst),
    ...federation.clusters.map(({ name }) => ({ task: 'cacerts' as const, cluster: name })),
    ...accessTasks(federation, gitops),
    ...ofSteps.filter((task) => !isFirst(task)),
  ];
}

function taskOf(step: Step): readonly BootstrapTask[] {
  const cluster = step.target.name;
  switch (step.action) {
    case 'install-engine':
      return [{ task: step.action, cluster, other: null }];
    case 'join':
      return [{ task: step.action, cluster, other: step.joining.name }];
    case 'remote-secret-gone':
      return [{ task: step.action, cluster, other: step.read.name }];
    case 'remote-secret':
      return [{ task: step.action, cluster, reads: step.read.name, account: readerAccount, secret: readerSecret }];
    default:
      return [];
  }
}

// An engine in each cluster needs no access to the others, except to an API server in which none runs.
function isReachedFromElsewhere({ clusters }: Federation, { layout, engine }: Gitops, target: string): boolean {
  const cluster = clusters.find(({ name }) => name === target);
  if (cluster === undefined || engine.needsAccessToItsOwnCluster) return true;
  return layout === 'hub' && !cluster.isHost;
}

function accessTasks(federation: Federation, gitops: Gitops): readonly EngineAccessTask[] {
  const host = federation.clusters.find(({ isHost }) => isHost);
  if (host === undefined) throw new Error('a federation without a host');
  return targetsOf(federation)
    .filter(({ name }) => isReachedFromElsewhere(federation, gitops, name))
    .map((target) => ({
      task: 'engine-access',
      cluster: host.name,
      gitopsEngine: gitops.engine.name,
      namespace: gitops.namespace,
      secret: `${target.name}${gitops.engine.accessSuffix}`,
      reads: target.name,
      apiServer: federation.clusters.find(({ name }) => name === target.name)?.apiServer ?? null,
    }));
}

import type { InstallEngineStep, JoinStep, Step, StepBase } from '../../../constructs/plan/steps/step.ts';
import { type Failure as AnyFailure, Failure } from '../../../operations/clusters/failure.ts';
import { reachClusters } from '../../../operations/clusters/reach-clusters.ts';
import type { PlannedObject } from '../../../operations/plan/planned-objects.ts';
import type { Run, Settings } from '../../../operations/run/run.ts';
import type { RunProgram } from '../../../operations/tools/run-program.ts';
import type { Servers } from '../../support/servers/servers.ts';
import { simulatedStop } from '../apply/apply-run.ts';

/** Inputs of a run of some steps. */
export interface StepsRunOptions {
  readonly steps: readonly Step[];
  readonly mode?: Run['mode'];
  readonly settings?: Partial<Settings>;
  /** Texts of the output, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly objects?: readonly PlannedObject[];
  /** @default - those of the servers */
  readonly program?: RunProgram;
}

/** A run on servers. Nothing has been checked, and there is no record. */
export async function stepsRun(servers: Servers, options: StepsRunOptions): Promise<Run> {
  const { steps, mode = 'apply', settings, files = {}, objects = [], program = servers.run } = options;
  const planned = [...servers.world.clusters.values()].map(({ context, isKarmada }) => ({
    name: context,
    context,
    uid: null,
    isLeaving: false,
    isMember: !isKarmada,
  }));
  const reached = await reachClusters(planned, { run: program, parallel: 8, answerSeconds: 10 });
  if (reached.kind === 'problems') throw new Error(JSON.stringify(reached.problems));
  return {
    output: {
      directory: 'dist',
      plan: { format: 1, federation: 'demo', declaration: 'federation.yaml', steps: [...steps] },
      objects,
      textOf: (path) => files[path] ?? '',
      checksumOf: () => '',
    },
    steps,
    clusters: reached.clusters,
    mode,
    settings: {
      timeoutSeconds: 60,
      pollMilliseconds: 2000,
      parallel: 8,
      forceConflicts: false,
      cacerts: null,
      allowHttpCharts: false,
      ...settings,
    },
    program,
    stop: simulatedStop(servers),
  };
}

/** The common fields of a step on a cluster. */
export function stepOn(cluster: string, wave: StepBase['wave'], others: Partial<StepBase> = {}): StepBase {
  const target = { name: cluster, kubeContext: cluster, uid: null };
  return { wave, target, gate: null, engine: null, needs: [], brings: [], undo: null, ...others };
}

/** How something failed; null if it did not. Anything but a `Failure` is a mistake of ours. */
export async function failureOf(act: Promise<unknown>): Promise<AnyFailure | null> {
  try {
    await act;
    return null;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

const ofKubefed = { ...stepOn('host', 'federationControlPlane'), engine: 'kubefed' };

/** A step that installs KubeFed from its chart. */
export function installsKubefed(image: string, pullSecrets: readonly string[]): InstallEngineStep {
  const chartRepository = 'https://charts.example/kubefed';
  const installation = { chart: 'kubefed', version: '0.10.0', chartRepository, image, pullSecrets };
  return { ...ofKubefed, action: 'install-engine', installation };
}

/** A step that joins a cluster to KubeFed. */
export function joinsKubefed(name: string, federationCluster: string, apiServer: string | null = null): JoinStep {
  return { ...ofKubefed, action: 'join', joining: { name, federationCluster, apiServer } };
}

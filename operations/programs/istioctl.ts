import type { Tell } from '../run/run.ts';
import type { RunProgram } from '../tools/run-program.ts';
import { linesOf, outputOf, showLines } from './said.ts';

/** Seconds that istioctl has besides those for which it waits. */
const ownSeconds = 120;

/** Inputs of an installation. */
export interface IstioctlInstallation {
  readonly cluster: string;
  readonly context: string;
  /** The text of an IstioOperator. */
  readonly manifest: string;
  /** Values that were not known at synth: `values.global.remotePilotAddress=203.0.113.10`. */
  readonly values: readonly string[];
  readonly timeoutSeconds: number;
}

/** Installs Istio from an IstioOperator. */
export async function installIstio(run: RunProgram, installation: IstioctlInstallation, tell: Tell): Promise<void> {
  const { cluster, context, manifest, values, timeoutSeconds } = installation;
  const result = await run({
    program: 'istioctl',
    args: [
      'install',
      `--context=${context}`,
      // A path with a comma would be two files.
      '--filename=-',
      '--skip-confirmation',
      `--readiness-timeout=${timeoutSeconds}s`,
      ...values.flatMap((value) => ['--set', value]),
    ],
    input: manifest,
    // It waits for each component on its own.
    timeoutSeconds: timeoutSeconds * 3 + ownSeconds,
  });
  showLines(outputOf(result, `istioctl install on ${cluster}`, tell), tell);
}

/** A cluster whose API server another one reads. */
export interface RemoteCluster {
  readonly cluster: string;
  readonly context: string;
  /** Name of the cluster in Istio. */
  readonly istioCluster: string;
  /** URL of its API server for readers. Null means the one of the kubeconfig. */
  readonly apiServer: string | null;
}

/** The manifest of a remote secret, as istioctl prints it. It holds a token. */
export async function createRemoteSecret(run: RunProgram, remote: RemoteCluster, tell: Tell): Promise<string> {
  const { cluster, context, istioCluster, apiServer } = remote;
  const result = await run({
    program: 'istioctl',
    args: [
      ...(await experimentalWord(run, 'create-remote-secret')),
      'create-remote-secret',
      `--context=${context}`,
      `--name=${istioCluster}`,
      ...(apiServer === null ? [] : [`--server=${apiServer}`]),
    ],
    timeoutSeconds: ownSeconds,
  });
  return outputOf(result, `istioctl create-remote-secret for ${cluster}`, tell);
}

/** Clusters that istiod reads, with the states that its replicas have of each: `synced`. */
export type RemoteClusters =
  | { readonly kind: 'found'; readonly states: ReadonlyMap<string, readonly string[]> }
  /** There is no answer. It proves nothing. */
  | { readonly kind: 'silent' }
  /** This istioctl cannot tell. */
  | { readonly kind: 'unable' };

/** Asks istiod which clusters it reads. */
export async function remoteClustersOf(
  run: RunProgram,
  context: string,
  answerSeconds: number,
): Promise<RemoteClusters> {
  if ((await knows(run, 'remote-clusters')) === 'no') return { kind: 'unable' };
  const result = await run({
    program: 'istioctl',
    args: ['remote-clusters', `--context=${context}`],
    timeoutSeconds: answerSeconds,
  });
  if (result.kind !== 'ended' || result.exitCode !== 0) return { kind: 'silent' };
  const states = new Map<string, string[]>();
  // NAME SECRET STATUS ISTIOD, a row for each replica of istiod.
  for (const [name = '', , state = ''] of linesOf(result.stdout).map((line) => line.split(/\s+/)))
    states.set(name, [...(states.get(name) ?? []), state]);
  return states.size === 0 ? { kind: 'silent' } : { kind: 'found', states };
}

// In some versions, such as 1.7, a command was still experimental.
async function experimentalWord(run: RunProgram, command: string): Promise<readonly string[]> {
  return (await knows(run, command)) === 'no' ? ['x'] : [];
}

type Knowledge = 'yes' | 'no' | 'unknown';

// A program does not change while we run.
const knowledge = new WeakMap<RunProgram, Map<string, Promise<Knowledge>>>();

function knows(run: RunProgram, command: string): Promise<Knowledge> {
  const known = knowledge.get(run) ?? new Map<string, Promise<Knowledge>>();
  knowledge.set(run, known);
  const answer = known.get(command) ?? askHelp(run, command);
  known.set(command, answer);
  return answer;
}

// A program that does not end has not said no.
async function askHelp(run: RunProgram, command: string): Promise<Knowledge> {
  const result = await run({ program: 'istioctl', args: [command, '--help'], timeoutSeconds: 30 });
  if (result.kind !== 'ended') return 'unknown';
  return result.exitCode === 0 ? 'yes' : 'no';
}

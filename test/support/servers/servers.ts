import type { ProgramResult, RunProgram } from '../../../operations/tools/run-program.ts';
import type { ServerCall } from './calls.ts';
import { type Clock, makeClock } from './clock.ts';
import { settle as letAct } from './controllers/all.ts';
import type { OnCall } from './interruptions.ts';
import { beginLife, type Life } from './life.ts';
import { makeWorld } from './make-world.ts';
import { runCall } from './run-call.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { ClusterDescription, FakeCluster, World } from './world.ts';

export type { Life } from './life.ts';

/** How servers behave. */
export interface ServerOptions {
  /** Simulated milliseconds of a call: a number, or one for each. @default 0 */
  readonly latency?: number | ((index: number) => number);
  /** @default - nothing happens besides the ordinary */
  readonly onCall?: OnCall;
  /** @default - those of the plan of this repository */
  readonly versions?: { readonly istioctl?: string; readonly helm?: string };
  /** Programs that are not installed. @default - none */
  readonly missing?: readonly string[];
}

/** Servers of clusters behind programs that run in this process. */
export interface Servers {
  /** Runs a program of the first life. */
  readonly run: RunProgram;
  /** Resolves when the machine of the first life stops. */
  readonly died: Promise<'died'>;
  /** Another life, on the same servers: what is left of an earlier one reaches them no more. */
  readonly nextLife: () => Life;
  readonly calls: readonly ServerCall[];
  readonly clock: Clock;
  readonly world: World;
  readonly cluster: (context: string) => FakeCluster;
  readonly snapshot: () => Snapshot;
  /** Lets the controllers act after a test has changed something itself. */
  readonly settle: () => void;
  /** Replaces what happens to calls. */
  readonly setOnCall: (onCall: OnCall | undefined) => void;
}

/** Makes servers, a cluster for each context of the kubeconfig. */
export function makeServers(
  descriptions: Readonly<Record<string, ClusterDescription>>,
  options: ServerOptions = {},
): Servers {
  const clock = makeClock();
  const watch = { changed: new Set<string>(), changes: null as string[] | null };
  const world = makeWorld(descriptions, clock, (context, change) => {
    watch.changed.add(context);
    watch.changes?.push(`${context} ${change}`);
  });
  const calls: ServerCall[] = [];
  let onCall = options.onCall;
  const settle = (): void => {
    const { changes } = watch;
    watch.changes = null;
    letAct(world, () => {
      const { changed } = watch;
      watch.changed = new Set();
      return changed;
    });
    watch.changes = changes;
  };
  const perform = (call: ServerCall): ProgramResult => {
    watch.changes = [];
    const objects: string[] = [];
    const { exitCode, out, err } = runCall(call, {
      world,
      settle,
      versions: versionsOf(options),
      note: (...all) => void objects.push(...all),
    });
    calls[call.index] = { ...call, objects, changed: watch.changes };
    watch.changes = null;
    settle();
    return { kind: 'ended', exitCode, stdout: out, stderr: err };
  };
  const latencyOf = (index: number): number =>
    typeof options.latency === 'function' ? options.latency(index) : (options.latency ?? 0);
  const nextLife = (): Life =>
    beginLife({ calls, clock, perform, latencyOf, missing: options.missing ?? [], onCall: (...of) => onCall?.(...of) });
  settle();
  const first = nextLife();
  return {
    ...first,
    nextLife,
    calls,
    clock,
    world,
    cluster: (context) => clusterIn(world, context),
    snapshot: () => snapshotOf(world),
    settle: () => {
      watch.changed = new Set(world.clusters.keys());
      settle();
    },
    setOnCall: (next) => {
      onCall = next;
    },
  };
}

/** Servers that hold what others hold, and change nothing in them. Their clocks are at 0. */
export function copyServers(servers: Servers, options: ServerOptions = {}): Servers {
  const clusters = [...servers.world.clusters.values()];
  const descriptions = clusters.map((one): [string, ClusterDescription] => [one.context, { ...one, holds: [] }]);
  const copy = makeServers(Object.fromEntries(descriptions), options);
  for (const { context, server } of clusters) copy.cluster(context).server.restore(server.entries);
  return copy;
}

const versionsOf = ({ versions = {} }: ServerOptions) => ({
  istioctl: versions.istioctl ?? '1.31.4',
  helm: versions.helm ?? 'v4.3.1',
});

function clusterIn(world: World, context: string): FakeCluster {
  const cluster = world.clusters.get(context);
  if (cluster === undefined) throw new Error(`there is no context ${context}`);
  return cluster;
}

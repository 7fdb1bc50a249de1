import type { RemoteSecretStep } from '../../constructs/plan/steps/step.ts';
import { isLoopback } from '../clusters/facts/loopback.ts';
import { Failure } from '../clusters/failure.ts';
import { shown } from '../clusters/problem.ts';
import { createRemoteSecret } from '../programs/istioctl.ts';
import { applyTo, manifestsOf, requireValue } from '../run/applied.ts';
import type { Run, Tell } from '../run/run.ts';
import { clusterNamed, clusterOf } from '../run/target.ts';
import { type AtMost, atMost } from '../tools/at-most.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { type RemoteSecret, remoteSecretOf } from './remote-secret-manifest.ts';
import { nothingTaken, type Taken } from './taken.ts';

type Read = RemoteSecretStep['read'];

/** What a run knows of the clusters that are read: the calls grow with the clusters, and not with their pairs. */
interface Known {
  /** URLs of API servers that other clusters can reach. */
  readonly servers: Map<string, Promise<string>>;
  readonly secrets: Map<string, Promise<RemoteSecret>>;
  /** Clusters that read others share this limit. */
  readonly inTurn: AtMost;
}

const knownByRun = new WeakMap<object, Known>();

function knownIn({ output, settings }: Run): Known {
  const known = knownByRun.get(output) ?? {
    servers: new Map(),
    secrets: new Map(),
    inTurn: atMost(settings.parallel),
  };
  knownByRun.set(output, known);
  return known;
}

/** Lets the istiod of a cluster read others: all of their Secrets are applied at once. */
export async function letRead(run: Run, steps: readonly RemoteSecretStep[], tell: Tell): Promise<Taken> {
  const [first] = steps;
  if (first === undefined) return nothingTaken;
  const reader = clusterOf(run, first);
  await sideBySide(steps, run.settings.parallel, ({ read }) => serverOf(run, read));
  if (run.mode !== 'apply') {
    for (const { read } of steps) tell(`istiod of ${reader.name} would read ${read.name}`);
    return nothingTaken;
  }
  const secrets = await sideBySide(steps, run.settings.parallel, ({ read }) => secretFor(run, read, tell));
  await applyTo(run, reader, manifestsOf(secrets), 'the remote secrets are not applied', tell);
  return nothingTaken;
}

function secretFor(run: Run, read: Read, tell: Tell): Promise<RemoteSecret> {
  const { secrets, inTurn } = knownIn(run);
  return once(secrets, JSON.stringify(read), async () => {
    const server = await serverOf(run, read);
    return inTurn(() => makeSecret(run, read, server, tell));
  });
}

async function makeSecret(run: Run, read: Read, server: string, tell: Tell): Promise<RemoteSecret> {
  const { context } = clusterNamed(run, read.name);
  const { istioCluster, apiServer } = read;
  const remote = { cluster: read.name, context, istioCluster, apiServer };
  return remoteSecretOf(await createRemoteSecret(run.program, remote, tell), { istioCluster, server });
}

function serverOf(run: Run, { name, apiServer }: Read): Promise<string> {
  if (apiServer !== null) return Promise.resolve(apiServer);
  const { servers, inTurn } = knownIn(run);
  return once(servers, name, () => inTurn(() => reachableServer(run, name)));
}

// The istiod of another cluster would look for the API server on its own machine.
async function reachableServer(run: Run, name: string): Promise<string> {
  const server = requireValue(await clusterNamed(run, name).kubectl.getServer(), { name }, 'its API server is unknown');
  if (!isLoopback(server)) return server;
  throw new Failure({
    problem: `${name}: its API server in the kubeconfig is ${shown(server)}, which no other cluster can reach`,
    fix: `declare clusters[].apiServer of ${name}`,
  });
}

function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

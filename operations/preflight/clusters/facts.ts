import type { ExpectedCluster } from '../../../constructs/plan/steps/step.ts';
import type { Answer } from '../../clusters/answer.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Gateway } from '../../clusters/facts/gateway-address.ts';
import { readKubernetesVersion } from '../../clusters/facts/identity.ts';
import { readRootFingerprint } from '../../clusters/facts/root-certificate.ts';
import type { ServedKinds } from '../../clusters/served-kinds.ts';
import type { Run } from '../../run/run.ts';
import { type Capacity, readCapacity } from './capacity.ts';
import { expectedAddresses, readExpectedGateway } from './gateway.ts';
import { readLackOfInjector } from './injector.ts';

/** Facts about one cluster before the first change. Each is asked for once. Null: nobody needs it. */
export interface ClusterFacts {
  readonly cluster: Cluster;
  /** Null for an engine's own API server, about which nothing is expected. */
  readonly expected: ExpectedCluster | null;
  readonly kinds: Answer<ServedKinds>;
  readonly version: Answer<string> | null;
  readonly gateway: Answer<Gateway> | null;
  readonly lacksInjector: Answer<boolean> | null;
  readonly capacity: Answer<Capacity> | null;
  /** The root in its Secret cacerts. */
  readonly root: Answer<string> | null;
}

/** Reads the facts about one cluster, side by side. */
export async function readClusterFacts(run: Run, cluster: Cluster): Promise<ClusterFacts> {
  const expected = expectedOf(run, cluster.name);
  const { kubectl } = cluster;
  const [kinds, version, gateway, lacksInjector, capacity, root] = await Promise.all([
    cluster.kinds.known(),
    expected === null ? null : readKubernetesVersion(kubectl),
    readExpectedGateway(kubectl, expectedAddresses(run, cluster.name)),
    expected === null ? null : readLackOfInjector(kubectl),
    (expected?.capacity ?? null) === null ? null : readCapacity(kubectl),
    expected === null ? null : readRootFingerprint(kubectl),
  ]);
  return { cluster, expected, kinds, version, gateway, lacksInjector, capacity, root };
}

function expectedOf({ output }: Run, name: string): ExpectedCluster | null {
  return (
    output.plan.steps.flatMap((step) =>
      step.action === 'preflight' && step.target.name === name ? (step.expected ?? []) : [],
    )[0] ?? null
  );
}

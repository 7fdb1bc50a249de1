import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import type { PlanJson } from '../../../constructs/delivery/tables/plan-json.ts';
import type { Cluster } from '../../clusters/cluster.ts';
import type { Problem } from '../../clusters/problem.ts';
import { untold } from '../../clusters/untold.ts';
import type { DeliveredObjects } from '../expected/delivered-objects.ts';
import type { Row } from '../expected/rows.ts';
import { gatewayLinks } from './gateway-links.ts';
import type { LinkFacts } from './link-facts.ts';

/** A cluster with the facts about its links. */
export interface Known extends Cluster {
  readonly facts: LinkFacts;
}

/** Inputs of the links. */
export interface LinkInputs {
  /** The cluster of a name. */
  readonly of: (name: string) => Known;
  /** Istio's name of a cluster in the remote secret of a reader; null if the plan has no such secret. */
  readonly secretFor: (reader: string, read: string) => string | null;
  readonly objects: DeliveredObjects;
}

/** The remote secrets of a plan, by reader and read cluster. */
export function secretsOf({ steps }: PlanJson): LinkInputs['secretFor'] {
  const secrets = new Map(
    steps.flatMap((step) =>
      step.action === 'remote-secret' ? [[`${step.target.name} ${step.read.name}`, step.read.istioCluster]] : [],
    ),
  );
  return (reader, read) => secrets.get(`${reader} ${read}`) ?? null;
}

/** A link of the chain: its name is unique among all links, so that each is reported once. */
export interface Link {
  readonly id: string;
  /** What is broken, or null. */
  readonly check: () => Problem | null;
}

/** The chain from the proxies of a cluster to the pods of another one, in its order. The first broken link explains the rest. */
export function linksOf(row: Row, inputs: LinkInputs): readonly Link[] {
  const { client, serving, primary, network, gateway } = row;
  const [from, to] = [inputs.of(client), inputs.of(serving)];
  const istioCluster = inputs.secretFor(primary, serving);
  const reader = inputs.of(primary);
  return [
    ...(istioCluster === null
      ? []
      : [{ id: `secret ${primary} ${serving}`, check: () => remoteSecret(reader, to, istioCluster) }]),
    ...(gateway === null ? [] : gatewayLinks(inputs, to, network, gateway)),
    ...(client === serving ? [] : [rootLink(from, to)]),
    { id: `injector ${serving}`, check: () => injector(to) },
  ];
}

function remoteSecret(reader: Known, read: Known, istioCluster: string): Problem | null {
  const { remoteSecrets: secrets, syncedClusters: synced } = reader.facts;
  const secret = `istio-remote-secret-${istioCluster}`;
  if (secrets?.kind === 'failed') return untold('remote secret', reader, 'its remote secrets', secrets.reason);
  if (secrets?.kind !== 'found' || !secrets.value.has(secret))
    return {
      problem: `remote secret: ${reader.name} has no Secret istio-system/${secret}, so its istiod does not know the pods of ${read.name}`,
      fix: 'run mesh-federation apply --from 45-discovery',
    };
  if (synced?.kind === 'failed')
    return untold('remote secret', reader, `whether its istiod reads ${read.name}`, synced.reason);
  if (synced?.kind !== 'found' || synced.value.has(istioCluster)) return null;
  return {
    problem: `remote secret: istiod of ${reader.name} does not read ${read.name}: see istioctl remote-clusters --context=${shellWord(reader.context)}`,
    fix: `renew its credentials with mesh-federation apply --from 45-discovery, and check that ${reader.name} reaches the API server of ${read.name}`,
  };
}

// The same in both directions.
function rootLink(from: Known, to: Known): Link {
  const [one, other] = from.name < to.name ? [from, to] : [to, from];
  return { id: `root ${one.name} ${other.name}`, check: () => sameRoot(one, other) };
}

function sameRoot(from: Known, to: Known): Problem | null {
  const roots: string[] = [];
  for (const cluster of [from, to]) {
    const { root } = cluster.facts;
    if (root.kind === 'failed') return untold('root', cluster, 'the root that its pods trust', root.reason);
    if (root.kind === 'absent')
      return {
        problem: `root: ${cluster.name} has no ConfigMap istio-system/istio-ca-root-cert`,
        fix: `no istiod has given it a root: check that the istiod of its primary runs and reads ${cluster.name}`,
      };
    roots.push(root.value);
  }
  if (roots[0] === roots[1]) return null;
  return {
    problem: `root: ${from.name} and ${to.name} trust different roots, so each refuses the other's calls`,
    fix: 'create Secret istio-system/cacerts of both from one root, and restart istiod and the workloads',
  };
}

function injector(cluster: Known): Problem | null {
  const { lacksInjector } = cluster.facts;
  if (lacksInjector?.kind === 'failed')
    return untold('sidecar', cluster, "whether it has Istio's webhook", lacksInjector.reason);
  if (lacksInjector?.kind !== 'found' || !lacksInjector.value) return null;
  return {
    problem: `sidecar: ${cluster.name} has no webhook of Istio, so new pods get no sidecar`,
    fix: 'run mesh-federation apply: the step of its control plane installs the webhook again',
  };
}

/** What the links have told. */
export interface CheckedLinks {
  readonly problems: readonly Problem[];
  /** Whether a link between the caller and the serving cluster of a row is broken. */
  readonly isBroken: (row: Row) => boolean;
}

/** Checks the links of all pairs of clusters. Each link is checked once and reported once, however many pairs share it. */
export function checkLinks(rows: readonly Row[], inputs: LinkInputs): CheckedLinks {
  const found = new Map<string, Problem | null>();
  const pairs = new Map<string, boolean>();
  const pairOf = ({ client, serving }: Row): string => `${client} ${serving}`;
  const isWhole = ({ id, check }: Link): boolean => {
    if (!found.has(id)) found.set(id, check());
    return found.get(id) === null;
  };
  for (const row of rows) if (!pairs.has(pairOf(row))) pairs.set(pairOf(row), !linksOf(row, inputs).every(isWhole));
  const problems = [...found.values()].filter((problem) => problem !== null);
  return {
    // Several links may end at one fact.
    problems: [...new Map(problems.map((one) => [one.problem, one])).values()],
    isBroken: (row) => pairs.get(pairOf(row)) === true,
  };
}

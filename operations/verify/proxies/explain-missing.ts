import { isIP } from 'node:net';
import { z } from 'zod';
import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import { type Answer, mapAnswer } from '../../clusters/answer.ts';
import type { Kubectl } from '../../clusters/kubectl.ts';
import type { Problem } from '../../clusters/problem.ts';
import { untold } from '../../clusters/untold.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import { namespaceOf, type Row } from '../expected/rows.ts';
import type { Known } from '../links/links.ts';
import { type ReadyPods, readReadyPods } from './ready-pods.ts';

const podsSchema = z.object({
  items: z.array(
    z.object({
      status: z
        .object({
          podIP: z
            .string()
            .refine((text) => isIP(text) !== 0)
            .optional(),
        })
        .default({}),
    }),
  ),
});
const rulesSchema = z.object({
  items: z.array(
    z.object({
      spec: z
        .object({
          trafficPolicy: z
            .object({ loadBalancer: z.object({ localityLbSetting: z.unknown() }).partial().optional() })
            .optional(),
        })
        .default({}),
    }),
  ),
});

/** The answers about the services of missing rows. Each is asked for once, whatever the number of rows. */
interface ServiceFacts {
  readonly readyPods: ReadyPods;
  readonly inMesh: (serving: string, namespace: string) => Answer<ReadonlySet<string>>;
  /** Whether a DestinationRule of a namespace chooses by locality. */
  readonly isLocal: (primary: string, namespace: string) => boolean;
  readonly lacksRegion: (serving: string) => boolean;
}

/** Explains endpoints that are missing though no link between the clusters is broken: the links of their services. */
export async function explainMissing(
  rows: readonly Row[],
  clusterOf: (name: string) => Known,
  parallel: number,
): Promise<readonly Problem[]> {
  const facts = await readServiceFacts(rows, clusterOf, parallel);
  const problems = rows.map((row) => explain(row, clusterOf(row.serving), facts));
  // Several ways lead to the same pods.
  return [...new Map(problems.map((one) => [one.problem, one])).values()];
}

function explain(row: Row, serving: Known, facts: ServiceFacts): Problem {
  const { client, host, port, primary, gateway } = row;
  const namespace = namespaceOf(host);
  const ready = facts.readyPods.of(row.serving, host);
  const inMesh = facts.inMesh(row.serving, namespace);
  const start = `${client}: ${host} is not called in ${row.serving}`;
  if (ready.kind === 'failed') return untold(client, serving, `the ready pods of ${host}`, ready.reason);
  const pods = ready.kind === 'found' ? ready.value : [];
  if (pods.length === 0)
    return {
      problem: `${start}: sidecar: no pod of it is ready there`,
      fix: `kubectl --context=${shellWord(serving.context)} --namespace=${namespace} get pods`,
    };
  if (inMesh.kind === 'failed') return untold(client, serving, `the sidecars of ${host}`, inMesh.reason);
  if (gateway !== null && !pods.flat().some((ip) => inMesh.kind === 'found' && inMesh.value.has(ip)))
    return {
      problem: `${start}: sidecar: its pods there have none`,
      fix: 'label the namespace istio-injection=enabled, and restart the pods',
    };
  if (facts.isLocal(primary, namespace) && facts.lacksRegion(row.serving))
    return {
      problem: `${start}: locality: a DestinationRule chooses by it, and nodes there have no region`,
      fix: 'label the nodes with topology.kubernetes.io/region, and restart the pods',
    };
  return {
    problem: `${client}: ${host}:${port} is not called in ${row.serving}, and no link is broken`,
    fix: `check Istio's own objects that choose endpoints (DestinationRule, Sidecar), and istiod of ${primary}`,
  };
}

async function readServiceFacts(
  rows: readonly Row[],
  clusterOf: (name: string) => Known,
  parallel: number,
): Promise<ServiceFacts> {
  const ask = async <T>(
    keys: readonly (readonly [cluster: string, namespace: string])[],
    read: (kubectl: Kubectl, namespace: string) => Promise<Answer<T>>,
  ): Promise<(cluster: string, namespace: string) => Answer<T>> => {
    const unique = [...new Map(keys.map((key) => [key.join(' '), key])).values()];
    const answers = await sideBySide(unique, parallel, ([cluster, namespace]) =>
      read(clusterOf(cluster).kubectl, namespace),
    );
    const known = new Map(unique.map((key, index) => [key.join(' '), answers[index]]));
    return (cluster, namespace) => known.get(`${cluster} ${namespace}`) ?? { kind: 'absent' };
  };
  const readyPods = await readReadyPods(rows, clusterOf, parallel);
  const inMesh = await ask(
    rows.map(({ serving, host }) => [serving, namespaceOf(host)]),
    readMeshPods,
  );
  const rules = await ask(
    rows.map(({ primary, host }) => [primary, namespaceOf(host)]),
    readLocalityRules,
  );
  const nodes = await ask(
    rows.map(({ serving }) => [serving, '']),
    readNodesWithoutRegion,
  );
  const isTrue = (answer: Answer<boolean>): boolean => answer.kind === 'found' && answer.value;
  return {
    readyPods,
    inMesh,
    isLocal: (primary, namespace) => isTrue(rules(primary, namespace)),
    lacksRegion: (serving) => isTrue(nodes(serving, '')),
  };
}

async function readMeshPods(kubectl: Kubectl, namespace: string): Promise<Answer<ReadonlySet<string>>> {
  const query = { resource: 'pods', name: null, namespace, selector: 'security.istio.io/tlsMode=istio' };
  return mapAnswer(
    await kubectl.get(query, podsSchema),
    ({ items }) => new Set(items.flatMap(({ status }) => status.podIP ?? [])),
  );
}

async function readLocalityRules(kubectl: Kubectl, namespace: string): Promise<Answer<boolean>> {
  const query = { resource: 'destinationrules.networking.istio.io', name: null, namespace };
  return mapAnswer(await kubectl.get(query, rulesSchema), ({ items }) =>
    items.some(({ spec }) => (spec.trafficPolicy?.loadBalancer?.localityLbSetting ?? null) !== null),
  );
}

async function readNodesWithoutRegion(kubectl: Kubectl): Promise<Answer<boolean>> {
  const query = { resource: 'nodes', name: null, namespace: null, selector: '!topology.kubernetes.io/region' };
  return mapAnswer(await kubectl.getNames(query), (names) => names.length > 0);
}

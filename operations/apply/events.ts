import { z } from 'zod';

const step = {
  wave: z.string().meta({ description: 'Directory of the wave: 10-foundation' }),
  cluster: z.string().meta({ description: 'Name of the cluster in the plan' }),
  action: z.string().meta({ description: 'Action of the step, as docs/output.md describes it' }),
};

const clusterSummary = z.strictObject({
  cluster: z.string(),
  context: z.string().meta({ description: 'Context of the kubeconfig' }),
  server: z.string().nullable().meta({ description: 'URL of the API server; null if the kubeconfig does not tell it' }),
  uid: z.string().meta({ description: 'UID of namespace kube-system' }),
  identity: z
    .enum(['lock', 'record', 'expected', 'unknown'])
    .meta({ description: 'What says that it is the right cluster; unknown at a first apply without a lock' }),
  steps: z.array(z.string()).meta({ description: 'The steps: wave, action and path' }),
  deletions: z.array(z.string()).meta({ description: 'Every deletion that pruning will make' }),
  unknowable: z.array(z.string()).meta({ description: 'Effects that cannot be told before they happen' }),
  appliedUntil: z.string().nullable().meta({ description: 'The last wave of this very output whose gate has held' }),
});

/** What a run tells while it goes on, one event after the other. `--events` prints each as a line of JSON. */
export const eventSchema = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('checking'), clusters: z.array(z.string()) }),
  z.strictObject({ event: z.literal('warning'), text: z.string() }),
  z.strictObject({ event: z.literal('summary'), federation: z.string(), clusters: z.array(clusterSummary) }),
  z.strictObject({ event: z.literal('wave'), wave: step.wave, clusters: z.array(z.string()) }),
  z.strictObject({ event: z.literal('step'), ...step, path: z.string().nullable() }),
  z.strictObject({
    event: z.literal('step-ended'),
    ...step,
    isDone: z.boolean(),
    seconds: z.number().meta({ description: 'Duration, its gate included' }),
    lines: z.array(z.string()).meta({ description: 'Lines that the programs of the step have printed' }),
  }),
  z.strictObject({ event: z.literal('difference'), cluster: step.cluster, text: z.string() }),
  z.strictObject({ event: z.literal('prune'), cluster: step.cluster, lines: z.array(z.string()) }),
  z.strictObject({
    event: z.literal('problem'),
    cluster: z.string().nullable().meta({ description: 'Null if it is about no single cluster' }),
    problem: z.string(),
    fix: z.string(),
  }),
  z.strictObject({
    event: z.literal('refused').meta({ description: 'Everything that stands in the way. Nothing was changed' }),
    problems: z.array(z.strictObject({ problem: z.string(), fix: z.string() })).readonly(),
  }),
  z.strictObject({
    event: z.literal('ended'),
    exitCode: z.int(),
    seconds: z.number(),
    changed: z.boolean().meta({ description: 'Whether anything may have been changed in a cluster' }),
    untried: z.int().meta({ description: 'Steps that a dry run cannot try before earlier ones are taken' }),
    unfinished: z
      .strictObject({ wave: step.wave, clusters: z.array(z.string()).readonly() })
      .nullable()
      .meta({ description: 'The wave in which the run stopped, from which a further one can go on, and its clusters' }),
  }),
]);

/** An event of a run. Its texts may be those of servers: they are not harmless on a terminal yet. */
export type RunEvent = z.output<typeof eventSchema>;

/** The part of the summary about one cluster. */
export type ClusterSummary = Readonly<z.output<typeof clusterSummary>>;

/** Hears of each event. */
export type Report = (event: RunEvent) => void;

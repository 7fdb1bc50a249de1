/** One override in KubeFed's form. */
export interface Override {
  readonly path: string;
  readonly op?: string;
  readonly value?: unknown;
}

/** KubeFed's status of a cluster: OK, or the reason why the object is not as it should be. */
type Status = 'OK' | 'ApplyOverridesFailed' | 'CreationFailed';

/** The effect of a mistake. */
export interface Outcome {
  /** The API server refuses the federated object with these words. @default - it is accepted */
  readonly refused?: string;
  /** The status of each cluster in the federated object. @default - no status, for no cluster */
  readonly host?: Status;
  readonly member?: Status;
  /** The reason why nothing is propagated. @default - KubeFed tries to propagate */
  readonly reason?: string;
  /** Words of the event that reports the failure. @default - no event is expected */
  readonly event?: string;
  /** Fields of the object in the member; null if the object is missing. @default - not checked */
  readonly live?: object | null;
  /** The namespace in which the member has the object. @default - that of the federated object */
  readonly strayedTo?: string;
}

/** A federated object that we refuse, and the reaction of the real KubeFed. */
export interface Mistake extends Outcome {
  /** The rule of docs/rules.md that refuses the mistake or warns about it. */
  readonly rule: string;
  readonly mistake: string;
  /** Without `Federated`. @default 'ConfigMap' */
  readonly kind?: string;
  /** @default - as in every other row */
  readonly namespace?: string;
  readonly name?: string;
  readonly template?: object;
  /** Overrides of the member. @default - none */
  readonly overrides?: readonly Override[];
  /** Overrides of the clusters by their names here, instead of those above. */
  readonly lists?: readonly { readonly cluster: string; readonly overrides: readonly Override[] }[];
  /** @default - both */
  readonly placement?: readonly string[];
}

/**
 * The namespace of the federated objects, a namespace into which no object may stray, and a namespace that is not
 * federated.
 */
export const NAMESPACE = 'mistakes';
export const ELSEWHERE = 'elsewhere';
export const UNFEDERATED = 'unfederated';

/** Templates. */
export const settings = { data: { color: 'red' } };
const container = { name: 'app', image: 'registry.example/app:1.0.0' };
export const deployment = {
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'app' } },
    template: { metadata: { labels: { app: 'app' } }, spec: { containers: [container] } },
  },
};
/** The same status in both clusters. */
export const everywhere = (status: Status) => ({ host: status, member: status });
/** A status that only the member has, which has the override. */
export const inMember = (status: Status) => ({ host: 'OK' as const, member: status });

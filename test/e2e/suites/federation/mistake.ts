/** One override, as KubeFed takes it. */
export interface Override {
  readonly path: string;
  readonly op?: string;
  readonly value?: unknown;
}

/** What KubeFed says of a cluster: nothing is amiss, or why the object is not there as it should be. */
type Status = 'OK' | 'ApplyOverridesFailed' | 'CreationFailed';

/** What becomes of a mistake. */
export interface Outcome {
  /** The API server refuses the federated object, with these words. @default - it is accepted */
  readonly refused?: string;
  /** What the federated object says of each cluster. @default - nothing, of none */
  readonly host?: Status;
  readonly member?: Status;
  /** Why nothing is propagated. @default - that is tried */
  readonly reason?: string;
  /** Words of the event that says what failed. @default - no event is looked for */
  readonly event?: string;
  /** Fields of the object in the member; null where it is not. @default - not looked at */
  readonly live?: object | null;
  /** The namespace in which the member has it. @default - where the federated object is */
  readonly strayedTo?: string;
}

/** A federated object that we refuse to make, and what the real KubeFed does with it. */
export interface Mistake extends Outcome {
  /** The rule of docs/rules.md that refuses it here, or warns. */
  readonly rule: string;
  readonly mistake: string;
  /** Without `Federated`. @default 'ConfigMap' */
  readonly kind?: string;
  /** @default - as in every other row */
  readonly namespace?: string;
  readonly name?: string;
  readonly template?: object;
  /** Of the member. @default - none */
  readonly overrides?: readonly Override[];
  /** Of the clusters by their names here, instead of those above. */
  readonly lists?: readonly { readonly cluster: string; readonly overrides: readonly Override[] }[];
  /** @default - both */
  readonly placement?: readonly string[];
}

/** Where the federated objects are, where none may stray, and a namespace that is not federated. */
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
/** The same in both clusters. */
export const everywhere = (status: Status) => ({ host: status, member: status });
/** Only in the member, which has the override. */
export const inMember = (status: Status) => ({ host: 'OK' as const, member: status });

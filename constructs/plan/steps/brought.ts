/** What a step brings beside the objects of its files: what later steps may need, and what `destroy.sh` may take away. */
export type Brought = BroughtKinds | BroughtObject;

/** The kinds of an API group; `*.istio.io` is every group below. */
export interface BroughtKinds {
  readonly brings: 'kinds';
  readonly group: string;
}

/** One object. `''` is the core group; null is no namespace. */
export interface BroughtObject {
  readonly brings: 'object';
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  /** Whether an engine makes it in all clusters; else the target has it. */
  readonly isEverywhere: boolean;
}

/** All of Istio's kinds, as every installer brings them. */
export const istioKinds: BroughtKinds = { brings: 'kinds', group: '*.istio.io' };

/** A namespace that an engine makes in the clusters. */
export const broughtNamespace = (name: string): BroughtObject => ({
  brings: 'object',
  group: '',
  kind: 'Namespace',
  namespace: null,
  name,
  isEverywhere: true,
});

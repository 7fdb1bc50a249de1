/**
 * The objects and kinds that a step creates besides those in its files. Later steps may need them, and `destroy` may
 * remove them.
 */
export type Brought = BroughtKinds | BroughtObject;

/** The kinds of an API group; `*.istio.io` means every group below istio.io. */
export interface BroughtKinds {
  readonly brings: 'kinds';
  readonly group: string;
}

/** One object. `''` is the core group; null means no namespace. */
export interface BroughtObject {
  readonly brings: 'object';
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  /** Whether an engine creates it in all clusters. Otherwise only the target has it. */
  readonly isEverywhere: boolean;
}

/** All of Istio's kinds, which every installer creates. */
export const istioKinds: BroughtKinds = { brings: 'kinds', group: '*.istio.io' };

/** A namespace that an engine creates in the clusters. */
export const broughtNamespace = (name: string): BroughtObject => ({
  brings: 'object',
  group: '',
  kind: 'Namespace',
  namespace: null,
  name,
  isEverywhere: true,
});

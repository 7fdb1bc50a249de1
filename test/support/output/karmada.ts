import fastJsonPatch, { type Operation } from 'fast-json-patch';

/** An object on Karmada's API server. */
export interface KarmadaDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: {
    readonly resourceSelectors?: readonly Selector[];
    readonly dependentOverrides?: readonly string[];
    readonly placement?: { readonly clusterAffinity: { readonly clusterNames: readonly string[] } };
    readonly overrideRules?: readonly {
      readonly targetCluster: { readonly clusterNames: readonly string[] };
      readonly overriders: { readonly plaintext: readonly Plaintext[] };
    }[];
  };
}

interface Selector {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

interface Plaintext {
  readonly operator: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: unknown;
}

const isPolicy = ({ apiVersion }: KarmadaDocument): boolean => apiVersion === 'policy.karmada.io/v1alpha1';

function selects({ kind, metadata, spec }: KarmadaDocument, object: KarmadaDocument): boolean {
  const isOfItsScope = kind.startsWith('Cluster') || metadata.namespace === object.metadata.namespace;
  return (
    isOfItsScope &&
    (spec?.resourceSelectors ?? []).some(
      (one) =>
        one.apiVersion === object.apiVersion &&
        one.kind === object.kind &&
        one.name === object.metadata.name &&
        one.namespace === object.metadata.namespace,
    )
  );
}

/**
 * The objects in one cluster that result from Karmada's policies according to its documentation. Patches are strict:
 * throws if a patch cannot be applied, or if no policy or several policies place an object.
 */
export function propagatedBy(documents: readonly KarmadaDocument[], cluster: string): readonly object[] {
  const policies = documents.filter(isPolicy);
  const placing = policies.filter(({ kind }) => kind.endsWith('PropagationPolicy'));
  const overriding = policies.filter(({ kind }) => kind.endsWith('OverridePolicy'));
  return documents
    .filter((document) => !isPolicy(document))
    .flatMap((object) => {
      const [policy, ...others] = placing.filter((one) => selects(one, object));
      if (policy === undefined || others.length > 0)
        throw new Error(`${object.metadata.name} must be placed by exactly one policy`);
      if (!policy.spec?.placement?.clusterAffinity.clusterNames.includes(cluster)) return [];
      const rules = overriding.filter((one) => selects(one, object)).flatMap(({ spec }) => spec?.overrideRules ?? []);
      const operations = rules
        .filter(({ targetCluster }) => targetCluster.clusterNames.includes(cluster))
        .flatMap(({ overriders }) => overriders.plaintext)
        .map(({ operator, path, value }) => ({ op: operator, path, value }) as Operation)
        .filter((operation) => !isPullPolicy(operation));
      // Karmada adds labels and annotations of its own to a template before it patches the template (seen on 1.18.2).
      return [patched(object, operations)];
    });
}

function patched(object: KarmadaDocument, operations: Operation[]): object {
  const { metadata } = object;
  const template = { ...object, metadata: { labels: {}, annotations: {}, ...metadata } };
  return fastJsonPatch.applyPatch(template, operations, true, false).newDocument;
}

/** Whether an operation only writes the default that Kubernetes would derive from the image next to it. */
function isPullPolicy({ path }: Operation): boolean {
  return path.endsWith('/imagePullPolicy');
}

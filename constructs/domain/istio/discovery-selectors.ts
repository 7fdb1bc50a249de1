import type { Labels } from './namespaces.ts';

/** A selector of namespaces as in `meshConfig.discoverySelectors`: the requirements of all its parts together. */
export interface NamespaceSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly NamespaceRequirement[];
}

interface NamespaceRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** The requirements of a selector for one label. */
interface Wish {
  /** The values that are right, or null for any. */
  readonly allowed: readonly string[] | null;
  readonly excluded: readonly string[];
  readonly mustExist: boolean;
  readonly mustBeMissing: boolean;
}

const noWish: Wish = { allowed: null, excluded: [], mustExist: false, mustBeMissing: false };

/** The operators of a requirement (k8s.io/apimachinery pkg/apis/meta/v1/types.go), and what each adds to a wish. */
const operators: Readonly<Record<string, (wish: Wish, values: readonly string[]) => Wish>> = {
  In: (wish, values) => ({
    ...wish,
    mustExist: true,
    allowed: wish.allowed === null ? values : wish.allowed.filter((value) => values.includes(value)),
  }),
  NotIn: (wish, values) => ({ ...wish, excluded: [...wish.excluded, ...values] }),
  Exists: (wish) => ({ ...wish, mustExist: true }),
  DoesNotExist: (wish) => ({ ...wish, mustBeMissing: true }),
};

/** The operators that a requirement may have. */
export const selectorOperators: readonly string[] = Object.keys(operators);

// These labels say something else, too: who injects, which network it is, what its name is. Nobody may set them only so
// that a selector matches.
const reserved = /^(istio-injection|([^/]+\.)?(istio|kubernetes|k8s)\.io\/.*)$/;

/**
 * The labels that a namespace needs besides its own so that istiod discovers it with these selectors. Its own labels
 * may differ between clusters. Null if no further labels make it match in all clusters.
 */
export function labelsForDiscovery(selectors: readonly NamespaceSelector[], own: readonly Labels[]): Labels | null {
  const matches = (labels: Labels): boolean => selectors.some((selector) => isMatched(selector, labels));
  if (selectors.length === 0 || own.every(matches)) return {};
  for (const selector of selectors) {
    const labels = missingLabels(selector);
    if (labels !== null && own.every((one) => isMatched(selector, { ...labels, ...one }))) return labels;
  }
  return null;
}

/** The labels by which istiod knows a namespace: its own, and its name, which Kubernetes adds. */
export function labelsOfNamespace(name: string, labels: Labels): Labels {
  return { 'kubernetes.io/metadata.name': name, ...labels };
}

function wishesOf({ matchLabels = {}, matchExpressions = [] }: NamespaceSelector): ReadonlyMap<string, Wish> {
  const wishes = new Map<string, Wish>();
  const labels = Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  for (const { key, operator, values = [] } of [...labels, ...matchExpressions])
    wishes.set(key, operators[operator]?.(wishes.get(key) ?? noWish, values) ?? noWish);
  return wishes;
}

function isMatched(selector: NamespaceSelector, labels: Labels): boolean {
  return [...wishesOf(selector)].every(([key, { allowed, excluded, mustExist, mustBeMissing }]) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (value === undefined) return !mustExist;
    return !mustBeMissing && !excluded.includes(value) && (allowed?.includes(value) ?? true);
  });
}

// The labels of a selector that a namespace can simply get. Null if the selector contradicts itself.
function missingLabels(selector: NamespaceSelector): Labels | null {
  const labels: Record<string, string> = {};
  for (const [key, { allowed, excluded, mustExist }] of wishesOf(selector)) {
    if (!mustExist || reserved.test(key)) continue;
    const value = (allowed ?? ['enabled', 'true', 'yes']).find((one) => !excluded.includes(one));
    if (value === undefined) return null;
    labels[key] = value;
  }
  return labels;
}

import {
  labelsForDiscovery,
  labelsOfNamespace,
  type NamespaceSelector,
  selectorOperators,
} from '../../../domain/istio/discovery-selectors.ts';
import {
  istioNamespace,
  istioNamespaceLabels,
  type Labels,
  workloadNamespaceLabels,
} from '../../../domain/istio/namespaces.ts';
import { isMapping } from '../../../domain/json/mapping.ts';
import { type Path, valueAt } from '../../../domain/json/path.ts';
import type { Finding } from '../../problems/finding.ts';
import { clustersOf, type Evidence, workloadsOf } from '../evidence.ts';
import { currentValues } from './values-of.ts';

const place = ['istio', 'values', 'meshConfig', 'discoverySelectors'];
const keyPattern = /^(?=.{1,317}$)([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const valuePattern = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

const listAt = (node: unknown, path: Path): readonly unknown[] => {
  const list = valueAt(node, path);
  return Array.isArray(list) ? list : [];
};

function selectorsOf(evidence: Evidence): readonly unknown[] {
  const mesh = currentValues(evidence).find(({ cluster }) => cluster === null);
  return listAt(mesh?.values, place.slice(2));
}

// istiod logs a selector that it cannot read, and discovers nothing by any of them (1.31.0
// pkg/kube/namespace/filter.go).
function discoverySelectorIsReadable(evidence: Evidence): readonly Finding[] {
  return selectorsOf(evidence).flatMap((selector, index) => faultsOf(selector, [...place, index]));
}

function faultsOf(selector: unknown, path: Path): readonly Finding[] {
  const labels = valueAt(selector, ['matchLabels']);
  return [
    ...(isMapping(labels) ? Object.entries(labels) : []).flatMap(([key, value]) =>
      textFaults([...path, 'matchLabels', key], key, [value]),
    ),
    ...listAt(selector, ['matchExpressions']).flatMap((one, position) =>
      requirementFaults(one, [...path, 'matchExpressions', position]),
    ),
  ];
}

function requirementFaults(requirement: unknown, path: Path): readonly Finding[] {
  const { key, operator, values } = isMapping(requirement) ? requirement : {};
  // The schema of the values objects to anything but text.
  if (typeof key !== 'string' || typeof operator !== 'string') return [];
  if (!selectorOperators.includes(operator)) {
    const expected = `one of ${selectorOperators.join(', ')}`;
    return [{ path: [...path, 'operator'], got: operator, expected, fix: 'choose one of them' }];
  }
  const listed = Array.isArray(values) ? values : [];
  const needsValues = operator.endsWith('In');
  if (needsValues === listed.length > 0) return textFaults([...path, 'key'], key, listed);
  const expected = needsValues ? `values for ${operator}` : `no values for ${operator}`;
  return [{ path, got: listed, expected, fix: needsValues ? 'add values' : 'remove values' }];
}

function textFaults(path: Path, key: string, values: readonly unknown[]): readonly Finding[] {
  const wrong = values.filter((value) => typeof value === 'string' && !valuePattern.test(value));
  const got = keyPattern.test(key) ? wrong : [key];
  if (got.length === 0) return [];
  const expected = 'keys and values that labels can have: letters, digits, -, _ and ., at most 63 characters';
  return [{ path, got: got[0], expected, fix: 'write the label as it is on the namespace' }];
}

// The labels of these namespaces are written here, so the selectors decide what they must be.
function discoverySelectorsMatchTheNamespaces(evidence: Evidence): readonly Finding[] {
  const selectors = selectorsOf(evidence);
  if (!selectors.every(isSelector) || discoverySelectorIsReadable(evidence).length > 0) return [];
  return [...namespacesOf(evidence)].flatMap(([name, own]) => {
    const labels = own.map((one) => labelsOfNamespace(name, one));
    if (labelsForDiscovery(selectors, labels) !== null) return [];
    return [
      {
        path: place,
        isKey: true,
        got: 'discoverySelectors',
        expected: `a selector for namespace ${name} in every cluster: istiod would not discover its ${
          name === istioNamespace ? 'gateways' : 'Services'
        }. Labels of istio.io, kubernetes.io and istio-injection are not set for selectors`,
        fix: `add the selector {matchLabels: {kubernetes.io/metadata.name: ${name}}}`,
      },
    ];
  });
}

// Anything else is a finding of the schema of the values.
function isSelector(selector: unknown): selector is NamespaceSelector {
  const { matchLabels = {}, matchExpressions = [] } = isMapping(selector) ? selector : { matchLabels: null };
  return (
    isMapping(matchLabels) &&
    Array.isArray(matchExpressions) &&
    matchExpressions.every((one) => isMapping(one) && (one.values === undefined || Array.isArray(one.values)))
  );
}

function namespacesOf(evidence: Evidence): ReadonlyMap<string, readonly Labels[]> {
  const networks = clustersOf(evidence).flatMap(({ cluster }) => cluster.network ?? []);
  const workloads = workloadsOf(evidence).flatMap(({ workload }) => workload.namespace ?? []);
  return new Map([
    ...workloads.map((name): [string, readonly Labels[]] => [name, [workloadNamespaceLabels]]),
    [istioNamespace, networks.map(istioNamespaceLabels)],
  ]);
}

/** Rules about the namespaces that istiod discovers. */
export const discoveryRules = { discoverySelectorIsReadable, discoverySelectorsMatchTheNamespaces };

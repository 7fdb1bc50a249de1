import type { FederatedKind } from './kinds.ts';

type Json = Readonly<Record<string, unknown>>;

const group = 'types.kubefed.io';
const version = 'v1beta1';

const scopeOf = ({ isNamespaced }: FederatedKind): string => (isNamespaced ? 'Namespaced' : 'Cluster');

/** Plural of the Federated kind: `federatedstatefulsets`. */
const pluralOf = ({ plural }: FederatedKind): string => `federated${plural}`;

/**
 * The CRD of a Federated kind, as `kubefedctl enable` creates it (v0.10.0 pkg/kubefedctl/enable/enable.go,
 * validation.go). The schema is the one in the chart's own CRDs (charts/kubefed/crds/crds.yaml).
 */
export function federatedCrd(kind: FederatedKind): Json {
  const shortNames = kind.shortNames.map((name) => `f${name}`);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${pluralOf(kind)}.${group}` },
    spec: {
      group,
      names: {
        kind: `Federated${kind.kind}`,
        plural: pluralOf(kind),
        ...(shortNames.length === 0 ? {} : { shortNames }),
      },
      scope: scopeOf(kind),
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: federatedSchema(kind.hasReplicas) },
        },
      ],
    },
  };
}

/** Enables a Federated kind: from then on KubeFed's controller watches it. */
export function federatedTypeConfig(kind: FederatedKind): Json {
  const { group: targetGroup, plural } = kind;
  return {
    apiVersion: 'core.kubefed.io/v1beta1',
    kind: 'FederatedTypeConfig',
    metadata: {
      name: targetGroup === '' ? plural : `${plural}.${targetGroup}`,
      namespace: 'kube-federation-system',
    },
    spec: {
      federatedType: {
        group,
        version,
        kind: `Federated${kind.kind}`,
        pluralName: pluralOf(kind),
        scope: scopeOf(kind),
      },
      propagation: 'Enabled',
      targetType: {
        ...(targetGroup === '' ? {} : { group: targetGroup }),
        version: kind.version,
        kind: kind.kind,
        pluralName: plural,
        scope: scopeOf(kind),
      },
    },
  };
}

const text = { type: 'string' };
const anything = { 'x-kubernetes-preserve-unknown-fields': true };
const list = (items: Json): Json => ({ items, type: 'array' });

function mapping(properties: Json, ...required: readonly string[]): Json {
  return { properties, ...(required.length === 0 ? {} : { required }), type: 'object' };
}

const override = mapping({ op: { pattern: '^(add|remove|replace)?$', ...text }, path: text, value: anything }, 'path');

const matchExpression = mapping({ key: text, operator: text, values: list(text) }, 'key', 'operator');

const placement = mapping({
  clusterSelector: mapping({
    matchExpressions: list(matchExpression),
    matchLabels: { additionalProperties: text, type: 'object' },
  }),
  clusters: list(mapping({ name: text }, 'name')),
});

const status = mapping({
  clusters: list(mapping({ name: text, remoteStatus: { type: 'object', ...anything }, status: text }, 'name')),
  conditions: list(
    mapping(
      {
        lastTransitionTime: { format: 'date-time', ...text },
        lastUpdateTime: { format: 'date-time', ...text },
        reason: text,
        status: text,
        type: text,
      },
      'type',
      'status',
    ),
  ),
  observedGeneration: { format: 'int64', type: 'integer' },
});

function federatedSchema(hasReplicas: boolean): Json {
  const spec = mapping({
    overrides: list(mapping({ clusterName: text, clusterOverrides: list(override) })),
    placement,
    ...(hasReplicas ? { retainReplicas: { type: 'boolean' } } : {}),
    template: { type: 'object', ...anything },
  });
  return mapping({ apiVersion: text, kind: text, metadata: { type: 'object' }, spec, status }, 'spec');
}

import type { KubeObject } from '../../kubernetes/documents.ts';
import type { Values } from './rendered.ts';

/** Objects by group, kind, namespace and name. */
export type Objects = Readonly<Record<string, unknown>>;

/** The only allowed differences between installers, each with its reason. */
const BY_NATURE: readonly { readonly reason: string; readonly without: (object: KubeObject) => KubeObject | null }[] = [
  {
    reason: 'a label names the Helm release: istioctl has one, named istio, helm one for each chart',
    without: (object) => withoutLabels(object, ['release', 'app.kubernetes.io/instance']) as KubeObject,
  },
  {
    reason: 'the chart keeps a record of the values it was given, in which istioctl has those of its gateways, too',
    without: (object) => (isNamed(object, 'ConfigMap', 'values') ? null : object),
  },
  {
    reason: 'the default revision: helm has it from the base chart, istioctl makes it when it installs, not before',
    without: (object) =>
      isNamed(object, 'ValidatingWebhookConfiguration', 'istiod-default-validator') ? null : object,
  },
];

/** The objects by name, without the allowed differences. Two objects of one name are an error. */
export function alike(objects: readonly KubeObject[]): Objects {
  const found: Record<string, unknown> = {};
  for (const object of objects) {
    const plain = BY_NATURE.reduce<KubeObject | null>((one, { without }) => one && without(one), object);
    if (plain === null) continue;
    const { apiVersion, kind, metadata } = plain;
    const name = [apiVersion, kind, metadata.namespace ?? '', metadata.name].join(' ');
    if (found[name] !== undefined) throw new Error(`two objects ${name}`);
    found[name] = plain;
  }
  return found;
}

/** Values without the hub and the tag of images. Both follow from the version, and not every installer needs them. */
export function withoutImages({ hub: _, tag: __, ...values }: Values): Values {
  const { hub: ___, tag: ____, ...global } = (values.global ?? {}) as Values;
  return { ...values, global };
}

/** Values with the hub and the tag of other values. */
export function withImagesOf(values: Values, other: Values): Values {
  const { hub, tag } = (other.global ?? {}) as Values;
  return { ...values, global: { ...(values.global as Values), hub, tag } };
}

function isNamed({ kind, metadata }: KubeObject, expectedKind: string, name: string): boolean {
  return kind === expectedKind && metadata.name === name;
}

// At every place of labels: in an object and in a pod template.
function withoutLabels(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutLabels(one, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    key === 'labels' ? without(one as Values, names) : withoutLabels(one, names),
  ]);
  return Object.fromEntries(entries);
}

function without(labels: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}

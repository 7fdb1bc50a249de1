import { isMapping, type Mapping } from '../json/mapping.ts';
import { type Path, valueAt } from '../json/path.ts';

/** A value inside an object, and the step that leads to it. */
interface Inner {
  readonly value: unknown;
  readonly step: string | number | null;
  readonly parent: Inner | null;
}

/**
 * The paths of all Secrets of Kubernetes with data inside a value. A Secret may be the value itself, a mapping at any
 * depth, JSON or YAML in a text, or the template of KubeFed's FederatedSecret.
 */
export function findSecretData(root: unknown): readonly Path[] {
  const found: Path[] = [];
  const inners: Inner[] = [{ value: root, step: null, parent: null }];
  const seen = new Set<unknown>();
  // The list grows while it is read. A value that several aliases share is read once.
  for (const inner of inners) {
    const { value } = inner;
    const isSecret = typeof value === 'string' ? holdsSecretAsText(value) : isMapping(value) && isSecretWithData(value);
    if (isSecret) found.push(pathOf(inner));
    if (isSecret || typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const isList = Array.isArray(value);
    for (const [key, child] of Object.entries(value))
      inners.push({ value: child, step: isList ? Number(key) : key, parent: inner });
  }
  return found;
}

function pathOf(inner: Inner): Path {
  const steps: (string | number)[] = [];
  for (let at: Inner | null = inner; at !== null; at = at.parent) if (at.step !== null) steps.push(at.step);
  return steps.reverse();
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}

function holdsData(value: unknown): boolean {
  return isMapping(value) && (isFilled(value.data) || isFilled(value.stringData));
}

// A Secret inside another object may leave out its apiVersion. A kind of that name in another group has a slash there.
function isSecretWithData(value: Mapping): boolean {
  const { kind, apiVersion } = value;
  if (kind === 'Secret') return (!isFilled(apiVersion) || apiVersion === 'v1') && holdsData(value);
  return kind === 'FederatedSecret' && (holdsData(valueAt(value, ['spec', 'template'])) || overridesData(value));
}

function overridesData(federated: Mapping): boolean {
  const overrides = valueAt(federated, ['spec', 'overrides']);
  return (Array.isArray(overrides) ? overrides : [])
    .flatMap((override) => valueAt(override, ['clusterOverrides']) ?? [])
    .some((one) => /^\/?(?:data|stringData)(?:\/|$)/.test(String(valueAt(one, ['path']))));
}

// As in the annotation that `kubectl apply` writes, or in a ConfigMap of manifests. Few texts name the kind, and only
// these are parsed.
function holdsSecretAsText(text: string): boolean {
  if (!text.includes('Secret')) return false;
  try {
    return findSecretData(JSON.parse(text)).length > 0;
  } catch {
    return text.split(/^---/m).some(isYamlOfSecret);
  }
}

// The lines are compared as they are usually written: to parse YAML inside YAML would cost a text of megabytes too much.
function isYamlOfSecret(document: string): boolean {
  const lines = new Set(document.split('\n').map(toKey));
  return lines.has('kind: Secret') && (lines.has('data:') || lines.has('stringData:'));
}

// A line without its indentation, and one with data without its value.
function toKey(line: string): string {
  const key = line.trim().replace(/^- +/, '').replaceAll(/["']/g, '');
  return /^(?:data|stringData):/.exec(key)?.[0] ?? key;
}

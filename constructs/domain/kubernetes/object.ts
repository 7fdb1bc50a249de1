/** A plain Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
  readonly [key: string]: unknown;
}

/** The namespace of an object, or null if it has none. */
export function namespaceOf({ metadata: { namespace } }: KubernetesObject): string | null {
  return typeof namespace === 'string' ? namespace : null;
}

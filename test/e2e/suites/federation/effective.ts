/** A federated object, as far as its pipeline goes: template, placement, overrides. */
export interface Federated {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly generation?: number };
  readonly spec: {
    readonly template: unknown;
    readonly placement: { readonly clusters?: readonly { readonly name: string }[] };
    readonly overrides?: readonly Override[];
  };
}

/** What one cluster gets differently. */
export interface Override {
  readonly clusterName: string;
  readonly clusterOverrides?: readonly { readonly path: string; readonly op?: string; readonly value?: unknown }[];
}

/** A place in an object and what must be there. */
export interface Expected {
  readonly path: string;
  readonly value: unknown;
}

/**
 * What must be found in one cluster: at every path that some cluster overrides, that cluster's own value, or the
 * template's. So a cluster that got another one's override is found out too.
 */
export function expectedIn(federated: Federated, cluster: string): Expected[] {
  const overrides = federated.spec.overrides ?? [];
  const own = overrides.filter((one) => one.clusterName === cluster).flatMap((one) => one.clusterOverrides ?? []);
  const paths = new Set(overrides.flatMap((one) => one.clusterOverrides ?? []).map((one) => one.path));
  return [...paths].map((path) => {
    const override = own.find((one) => one.path === path);
    if (override === undefined) return { path, value: at(federated.spec.template, path) };
    return { path, value: override.op === 'remove' ? undefined : override.value };
  });
}

/** The value at an RFC 6901 path, or undefined. */
export function at(object: unknown, path: string): unknown {
  const steps = path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return (value as Record<string, unknown>)[step];
  }, object);
}

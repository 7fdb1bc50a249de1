import { z } from 'zod';
import { groupOf, type KubernetesKind } from './kinds.ts';

/** A kind that a CustomResourceDefinition adds. Its objects use the version that the CRD stores. */
export interface CustomKind extends KubernetesKind {
  /** Schema of the stored version as the CRD defines it (structural OpenAPI v3), or null if the CRD has none. */
  readonly schema: Readonly<Record<string, unknown>> | null;
}

// The parts that give the names and the scope of the kind. The API server validates the rest.
const definitionSchema = z.object({
  apiVersion: z.literal('apiextensions.k8s.io/v1'),
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string(), plural: z.string(), shortNames: z.array(z.string()).default([]) }),
    scope: z.enum(['Namespaced', 'Cluster']),
    versions: z.array(
      z.object({
        name: z.string(),
        served: z.boolean(),
        storage: z.boolean(),
        schema: z.object({ openAPIV3Schema: z.record(z.string(), z.unknown()).optional() }).optional(),
      }),
    ),
  }),
});

/** Whether an object adds a kind to the API. */
export function isDefinition({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return groupOf(apiVersion) === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition';
}

/** The place where a CustomResourceDefinition lacks required information. */
export interface UnreadableDefinition {
  readonly path: readonly (string | number)[];
}

/** The kind that a CustomResourceDefinition adds, or the place where the definition is incomplete. */
export function readCustomKind(definition: unknown): CustomKind | UnreadableDefinition {
  const read = definitionSchema.safeParse(definition);
  if (!read.success) return { path: (read.error.issues[0]?.path ?? []) as (string | number)[] };
  const { group, names, scope, versions } = read.data.spec;
  const stored = versions.find(({ storage, served }) => storage && served);
  if (stored === undefined) return { path: ['spec', 'versions'] };
  const schema = stored.schema?.openAPIV3Schema ?? null;
  return {
    kind: names.kind,
    group,
    version: stored.name,
    plural: names.plural,
    shortNames: names.shortNames,
    isNamespaced: scope === 'Namespaced',
    hasReplicas: hasReplicas(schema),
    schema,
  };
}

const replicasSchema = z.object({
  properties: z.object({
    spec: z.object({
      properties: z.object({ replicas: z.object({ type: z.literal('integer'), format: z.literal('int32') }) }),
    }),
  }),
});

// KubeFed uses the same test for kinds with replicas (v0.10.0 pkg/kubefedctl/enable/validation.go).
function hasReplicas(schema: unknown): boolean {
  return replicasSchema.safeParse(schema).success;
}

/**
 * The group of the kind that a CustomResourceDefinition of this name adds. A server accepts only names of the form
 * PLURAL.GROUP.
 */
export function groupOfDefinition(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

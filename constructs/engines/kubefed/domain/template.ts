import type { KubernetesObject } from '../../../domain/kubernetes/object.ts';

/**
 * The part of an object that `kubefedctl federate` keeps: everything except apiVersion, kind, status and the metadata
 * other than labels (kubefed v0.4.1 pkg/kubefedctl/federate/federate.go).
 */
export function toTemplate({
  apiVersion: _,
  kind: __,
  status: ___,
  metadata,
  ...rest
}: KubernetesObject): Readonly<Record<string, unknown>> {
  return 'labels' in metadata ? { metadata: { labels: metadata.labels }, ...rest } : rest;
}

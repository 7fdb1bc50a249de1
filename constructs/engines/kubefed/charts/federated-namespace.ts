import type { Construct } from 'constructs';
import type { EngineOverride } from '../../../plan/component.ts';
import { FederatedObject } from './federated-object.ts';

/** A namespace that the engine creates in other clusters. */
export interface FederatedNamespaceProps {
  readonly name: string;
  /** Labels of the namespace in every cluster. KubeFed removes all others. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of KubeFedClusters. */
  readonly placement: readonly string[];
  /** Differences per cluster. */
  readonly overrides: readonly EngineOverride[];
  /** Whether the namespaces stay when this object is deleted. */
  readonly isOrphaned: boolean;
}

/**
 * A FederatedNamespace. It lives in the namespace that it federates, and both have the same name. Deleting it deletes
 * the namespace with all its contents in every member. An orphaned one keeps the namespace and the objects that are not
 * federated (seen on KubeFed v0.10.0).
 */
export class FederatedNamespace extends FederatedObject<{ metadata: { labels: Record<string, string> } }> {
  constructor(
    scope: Construct,
    id: string,
    { name, labels, placement, overrides, isOrphaned }: FederatedNamespaceProps,
  ) {
    super(scope, id, {
      kind: 'Namespace',
      name,
      namespace: name,
      annotations: isOrphaned ? { 'kubefed.io/orphan': 'true' } : {},
      template: { metadata: { labels: { ...labels } } },
      placement,
      overrides,
      retainsReplicas: false,
    });
  }
}

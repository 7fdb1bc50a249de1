import type { Construct } from 'constructs';
import type { EngineOverride } from '../../../plan/component.ts';
import { FederatedObject } from './federated-object.ts';

/** A namespace that the engine makes in other clusters. */
export interface FederatedNamespaceProps {
  readonly name: string;
  /** Labels of the namespace in every cluster: KubeFed takes all others away. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of KubeFedClusters. */
  readonly placement: readonly string[];
  /** What differs per cluster. */
  readonly overrides: readonly EngineOverride[];
  /** Whether the namespaces stay when this object is deleted. */
  readonly isOrphaned: boolean;
}

/**
 * A FederatedNamespace: it lives in the namespace that it federates, and the name and the namespace are equal.
 * Deleting it deletes the namespace, with all in it, in every member; an orphaned one leaves the namespace and what is
 * not federated in it (seen on KubeFed v0.10.0).
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

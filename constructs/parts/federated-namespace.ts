import type { Construct } from 'constructs';
import { FederatedObject } from './federated-object.ts';

/** A namespace that the engine makes in other clusters. */
export interface FederatedNamespaceProps {
  readonly name: string;
  /** Labels of the namespace in every cluster: KubeFed takes all others away. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of KubeFedClusters. */
  readonly placement: readonly string[];
}

/**
 * A FederatedNamespace: it lives in the namespace that it federates, and the name and the namespace are equal.
 * Deleting it deletes the namespace, with all in it, in every member.
 */
export class FederatedNamespace extends FederatedObject<{ metadata: { labels: Record<string, string> } }> {
  constructor(scope: Construct, id: string, { name, labels, placement }: FederatedNamespaceProps) {
    super(scope, id, {
      kind: 'Namespace',
      name,
      namespace: name,
      template: { metadata: { labels: { ...labels } } },
      placement,
      overrides: [],
    });
  }
}

/** Kinds whose objects take other people's objects along when they are deleted. */
export const holdingKinds: ReadonlySet<string> = new Set([
  'Namespace',
  'CustomResourceDefinition',
  // KubeFed deletes its namespace in every cluster.
  'FederatedNamespace',
]);

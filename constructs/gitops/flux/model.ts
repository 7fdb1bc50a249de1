import type { GitopsFacts } from '../../model/gitops.ts';

/** Flux, which runs on the host and reaches the others by kubeconfigs, or runs in each cluster. */
export const fluxModel: GitopsFacts = {
  name: 'flux',
  title: 'Flux',
  namespace: 'flux-system',
  keepAnnotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  accessSuffix: '-kubeconfig',
  needsAccessToItsOwnCluster: false,
  ownKeys: ['layout'],
};

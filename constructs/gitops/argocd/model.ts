import type { GitopsFacts } from '../../model/gitops.ts';

/** Argo CD, which runs on the host and reaches each cluster by a Secret with its address and credentials. */
export const argocdModel: GitopsFacts = {
  name: 'argocd',
  title: 'Argo CD',
  namespace: 'argocd',
  keepAnnotations: {
    // Without the first one the Application would count as out of sync for ever.
    'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
    'argocd.argoproj.io/sync-options': 'Prune=false',
  },
  accessSuffix: '-cluster',
  // Applications name each cluster as the declaration does, and only such a Secret gives the own cluster a name.
  needsAccessToItsOwnCluster: true,
  ownKeys: ['applicationSet'],
};

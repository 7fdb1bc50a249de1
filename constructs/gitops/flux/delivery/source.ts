import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import type { Gitops } from '../../../model/gitops.ts';
import type { Flux } from './fluxes.ts';

/** Group and version of Kustomizations. */
export const kustomizeApi = 'kustomize.toolkit.fluxcd.io/v1';

/** Group and version of sources. */
export const sourceApi = 'source.toolkit.fluxcd.io/v1';

/** How often Flux looks at the repository, and compares a cluster with it. A commit needs no longer than the first. */
const intervals = { source: '1m', drift: '10m' } as const;

/** The timing of every Kustomization: how often it is compared, how soon tried again, and when it has failed. */
export const timing = { interval: intervals.drift, retryInterval: '1m', timeout: '10m' } as const;

/** The source of every Kustomization: the repository. */
export function sourceOf({ federation, plan: { gitops } }: GitopsContext): object {
  return {
    apiVersion: sourceApi,
    kind: kindOfSource(gitops),
    metadata: { name: federation.name, namespace: gitops.namespace },
    spec: { interval: intervals.source, url: urlOf(gitops.repository), ref: refOf(gitops) },
  };
}

/** The reference to the source. */
export const sourceRef = ({ federation, plan: { gitops } }: GitopsContext): object => ({
  kind: kindOfSource(gitops),
  name: federation.name,
});

/**
 * The Kustomization that keeps the barriers, the charts and itself as they are in the repository. It waits for nothing: the
 * barriers do.
 */
export function rootOf(context: GitopsContext, { directory }: Flux): object {
  const { federation, plan } = context;
  return {
    apiVersion: kustomizeApi,
    kind: 'Kustomization',
    metadata: { name: federation.name, namespace: plan.gitops.namespace },
    spec: {
      ...timing,
      path: pathOf(context, directory),
      prune: true,
      deletionPolicy: 'Orphan',
      force: false,
      sourceRef: sourceRef(context),
    },
  };
}

/** A directory of the output, as a Kustomization names it. */
export const pathOf = ({ plan: { gitops } }: GitopsContext, directory: string): string =>
  `./${gitops.path}/${directory}`;

const kindOfSource = ({ isRegistry }: Gitops): string => (isRegistry ? 'OCIRepository' : 'GitRepository');

// Flux wants a scheme (v1.9.6 of source-controller, its CRD): git@host:path is ssh://git@host/path.
const urlOf = (repository: string): string =>
  /^[a-z]+:\/\//.test(repository) ? repository : `ssh://${repository.replace(':', '/')}`;

function refOf({ isRegistry, revision }: Gitops): object {
  if (isRegistry) return { tag: revision };
  if (/^[0-9a-f]{40}$/.test(revision)) return { commit: revision };
  return revision.startsWith('refs/') ? { name: revision } : { branch: revision };
}

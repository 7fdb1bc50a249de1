import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import type { Unit } from '../../../plan/gitops/units.ts';
import { waves } from '../../../plan/waves.ts';
import { ignoredDifferences } from './ignored-differences.ts';
import { sourcesOf } from './sources.ts';

/** Group and version of Argo CD's objects. */
export const argoproj = 'argoproj.io/v1alpha1';

/** API server of the cluster in which Argo CD runs, which needs no Secret. */
export const ownServer = 'https://kubernetes.default.svc';

/** Key of the label with the order of an Application. */
export const orderLabel = 'mesh-federation.io/order';

/** The number of the wave, with the position of the unit behind it: the second release of wave 20 is 201. */
export function orderOf({ wave, position }: Unit): number {
  return Number.parseInt(waves[wave].directory, 10) * 10 + position;
}

/** Labels of the Application of a unit. */
export function labelsOf({ federation }: GitopsContext, unit: Unit): Readonly<Record<string, string>> {
  return {
    'mesh-federation.io/cluster': unit.target.name,
    'mesh-federation.io/federation': federation.name,
    [orderLabel]: String(orderOf(unit)),
  };
}

/**
 * The Application of a unit, one of the apps of the root. It has no finalizer: whoever removes it from the repository
 * removes it from Argo CD, and nothing from its cluster.
 */
export function applicationOf(context: GitopsContext, unit: Unit): object {
  return {
    apiVersion: argoproj,
    kind: 'Application',
    metadata: {
      name: unit.name,
      namespace: context.plan.gitops.namespace,
      labels: labelsOf(context, unit),
      annotations: { 'argocd.argoproj.io/sync-wave': String(orderOf(unit)) },
    },
    spec: { ...specOf(context, unit), syncPolicy: { ...syncPolicy, automated: { prune: true, selfHeal: true } } },
  };
}

/** What an Application of a unit applies, and where. */
export function specOf(context: GitopsContext, unit: Unit): object {
  const ignored = ignoredDifferences(context, unit);
  return {
    project: context.federation.name,
    // By its name: the address may change, and is no matter of a pull request.
    destination: {
      name: unit.target.name,
      ...(unit.kind === 'release' ? { namespace: unit.namespace } : {}),
    },
    ...sourcesOf(context, unit),
    ...(ignored.length === 0 ? {} : { ignoreDifferences: ignored }),
  };
}

/** How every Application is synced, besides whether by itself. */
export const syncPolicy = {
  // It waits for what another wave or the operator brings, as long as that takes.
  retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
  syncOptions: [
    'CreateNamespace=false',
    'PruneLast=true',
    'RespectIgnoreDifferences=true',
    'ServerSideApply=true',
    // A controller of an earlier wave makes some kinds.
    'SkipDryRunOnMissingResource=true',
  ],
};

/** The Application that keeps the others, and the project, as they are in the repository. */
export function rootApplication({ federation, plan: { gitops } }: GitopsContext): object {
  return {
    apiVersion: argoproj,
    kind: 'Application',
    metadata: { name: federation.name, namespace: gitops.namespace },
    spec: {
      project: federation.name,
      destination: { server: ownServer, namespace: gitops.namespace },
      source: {
        repoURL: gitops.repository,
        targetRevision: gitops.revision,
        path: `${gitops.path}/argocd/apps`,
      },
      syncPolicy: { ...syncPolicy, automated: { prune: true, selfHeal: true } },
    },
  };
}

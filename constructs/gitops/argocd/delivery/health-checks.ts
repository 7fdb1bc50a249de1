import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import { groupBy } from '../../../domain/group-by.ts';
import { checksOfEngines, type HealthCheck, ofApplications } from './lua.ts';

/**
 * A patch of the ConfigMap `argocd-cm`: when objects are healthy of which Argo CD does not know it. Without the first one
 * every wave would begin as soon as the Applications of the wave before exist.
 */
export function healthChecks(context: GitopsContext): object {
  const objects = context.plan.waves.flatMap(({ units }) => units).flatMap((unit) => context.contentOf(unit).objects);
  const groups = groupBy(objects, ({ group }) => group);
  const checks = checksOfEngines.filter(({ group }) => groups.has(group));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cm',
      namespace: context.plan.gitops.namespace,
      labels: { 'app.kubernetes.io/name': 'argocd-cm', 'app.kubernetes.io/part-of': 'argocd' },
    },
    data: {
      'resource.customizations.health.argoproj.io_Application': ofApplications,
      ...Object.fromEntries(checks.filter(({ kind }) => kind !== '*').map((check) => [keyOf(check), check.lua])),
      ...wildcards(checks.filter(({ kind }) => kind === '*')),
    },
  };
}

const keyOf = ({ group, kind }: HealthCheck): string => `resource.customizations.health.${group}_${kind}`;

// Argo CD reads a kind `*` only under this one key (v3.5.7 docs/operator-manual/health.md).
function wildcards(checks: readonly HealthCheck[]): Readonly<Record<string, string>> {
  if (checks.length === 0) return {};
  const texts = checks.map(({ group, lua }) => {
    const indented = lua.replaceAll(/^(?=.)/gm, '    ');
    return `${group}/*:\n  health.lua: |\n${indented}`;
  });
  return { 'resource.customizations': texts.join('') };
}

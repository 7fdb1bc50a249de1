import { entryFile, entryKustomization, type GitopsDelivery } from '../../../delivery/gitops/entry-points.ts';
import type { OutputFile } from '../../../delivery/output-file.ts';
import { applicationSetOf } from './application-set.ts';
import { applicationOf, rootApplication } from './applications.ts';
import { healthChecks } from './health-checks.ts';
import { projectOf } from './project.ts';

/** `argocd/`: the project and the root Application, which a user applies once, and what the root keeps up to date. */
export const argocdFiles: GitopsDelivery = (context) => {
  const { plan } = context;
  const entries: readonly (readonly [name: string, object: object])[] = plan.gitops.hasApplicationSet
    ? [['application-set', applicationSetOf(context)]]
    : plan.waves.flatMap(({ units }) => units.map((unit) => [unit.id, applicationOf(context, unit)] as const));
  const apps: readonly OutputFile[] = [
    entryFile(context, 'argocd/apps/project.yaml', [projectOf(context)]),
    ...entries.map(([name, object]) => entryFile(context, `argocd/apps/${name}.yaml`, [object])),
  ];
  const names = apps.map(({ path }) => path.slice('argocd/apps/'.length));
  return [
    entryKustomization(context, 'argocd', ['apps/project.yaml', 'root.yaml']),
    entryFile(context, 'argocd/root.yaml', [rootApplication(context)]),
    entryFile(context, 'argocd/argocd-cm-patch.yaml', [healthChecks(context)]),
    entryKustomization(context, 'argocd/apps', names),
    ...apps,
  ];
};

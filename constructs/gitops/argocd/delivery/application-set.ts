import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import { argoproj, labelsOf, orderLabel, orderOf, specOf, syncPolicy } from './applications.ts';

/**
 * One ApplicationSet with all units in an explicit list. Argo CD syncs the Applications of a step when those of the steps
 * before are healthy, at every change. It turns their own automatic sync off, so nobody heals drift.
 */
export function applicationSetOf(context: GitopsContext): object {
  const { federation, plan } = context;
  const units = plan.waves.flatMap((wave) => wave.units);
  const orders = [...new Set(units.map(orderOf))].sort((a, b) => a - b);
  return {
    apiVersion: argoproj,
    kind: 'ApplicationSet',
    metadata: { name: federation.name, namespace: plan.gitops.namespace },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [
        {
          list: {
            elements: units.map((unit) => ({
              name: unit.name,
              labels: labelsOf(context, unit),
              spec: { ...specOf(context, unit), syncPolicy },
            })),
          },
        },
      ],
      strategy: {
        type: 'RollingSync',
        deletionOrder: 'Reverse',
        rollingSync: {
          steps: orders.map((order) => ({
            matchExpressions: [{ key: orderLabel, operator: 'In', values: [String(order)] }],
          })),
        },
      },
      // An Application that is removed leaves its objects in their cluster.
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: '{{ .name }}' },
        spec: { project: federation.name, destination: { name: '{{ .spec.destination.name }}' } },
      },
      // JSON is YAML. Directories and releases have different keys, which one template cannot have.
      templatePatch: 'metadata:\n  labels: {{ toJson .labels }}\nspec: {{ toJson .spec }}\n',
    },
  };
}

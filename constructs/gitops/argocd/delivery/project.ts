import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import { targetsOf } from '../../../plan/targets.ts';
import { argoproj, ownServer } from './applications.ts';
import { chartRepositoryOf } from './sources.ts';

/** The kinds without a namespace in Istio's charts base and istiod (1.31.0 manifests/charts, their templates). */
const kindsOfCharts = [
  { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
  { group: 'admissionregistration.k8s.io', kind: 'ValidatingAdmissionPolicy' },
  { group: 'admissionregistration.k8s.io', kind: 'ValidatingAdmissionPolicyBinding' },
  { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
  { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
  { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
];

/** The project of the federation: its repository, its charts, its clusters, and no kind that its files do not have. */
export function projectOf(context: GitopsContext): object {
  const { federation, plan } = context;
  const { gitops } = plan;
  const repositories = unitsOf(context).flatMap((unit) =>
    unit.kind === 'release' ? [chartRepositoryOf(unit.chartRepository)] : [],
  );
  return {
    apiVersion: argoproj,
    kind: 'AppProject',
    metadata: {
      name: federation.name,
      namespace: gitops.namespace,
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
    },
    spec: {
      description: `The clusters of federation ${federation.name}`,
      sourceRepos: [...new Set([gitops.repository, ...repositories])],
      destinations: [
        { server: ownServer, namespace: gitops.namespace },
        ...targetsOf(federation).map(({ name }) => ({ name, namespace: '*' })),
      ],
      clusterResourceWhitelist: clusterKinds(context),
    },
  };
}

const unitsOf = ({ plan }: GitopsContext) => plan.waves.flatMap(({ units }) => units);

function clusterKinds(context: GitopsContext): readonly object[] {
  const units = unitsOf(context);
  const ofFiles = units
    .flatMap((unit) => context.contentOf(unit).objects)
    .filter(({ namespace }) => namespace === null)
    .map(({ group, kind }) => ({ group, kind }));
  const all = [...ofFiles, ...(units.some(({ kind }) => kind === 'release') ? kindsOfCharts : [])];
  const distinct = new Map(all.map(({ group, kind }) => [`${group}/${kind}`, { group, kind }]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
}

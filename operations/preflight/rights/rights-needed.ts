import type { Step } from '../../../constructs/plan/steps/step.ts';
import type { Right } from '../../clusters/kubectl.ts';
import { resourceOf, type ServedKinds } from '../../clusters/served-kinds.ts';
import { enginePreflights } from '../../engines/preflight-table.ts';
import type { Run } from '../../run/run.ts';
import { objectsOfStep } from '../objects-of-step.ts';

/** Everything. Kubernetes lets a user grant only rights that the user has, and an engine gets all rights. */
export const everything: Right = { verb: '*', resource: '*', namespace: null };

const istioSystem = 'istio-system';

/** What installing Istio changes. */
const rightsToInstall: readonly Right[] = [
  ...[
    'customresourcedefinitions.apiextensions.k8s.io',
    'clusterroles.rbac.authorization.k8s.io',
    'clusterrolebindings.rbac.authorization.k8s.io',
    'mutatingwebhookconfigurations.admissionregistration.k8s.io',
    'validatingwebhookconfigurations.admissionregistration.k8s.io',
  ].flatMap((resource) => rightsToApply(resource, null)),
  ...['configmaps', 'deployments.apps', 'serviceaccounts', 'services'].flatMap((resource) =>
    rightsToApply(resource, istioSystem),
  ),
];

/** The record of what was done in a cluster, and the Lease while it is done. */
const rightsToRecord: readonly Right[] = [
  ...rightsIn('kube-system', 'configmaps', ['get', 'create', 'update']),
  ...rightsIn('kube-system', 'leases.coordination.k8s.io', ['get', 'create', 'update', 'delete']),
];

/** The rights that a run needs in a cluster, each once. Rights for a kind that is not served yet cannot be asked for. */
export function rightsNeeded(run: Run, name: string, served: ServedKinds | null): readonly Right[] {
  const own = run.steps.filter(
    ({ target, action }) => target.name === name && action !== 'preflight' && action !== 'verify',
  );
  const all = [
    ...run.steps.flatMap((step) => rightsInOther(step, name)),
    ...own.flatMap((step) => rightsOfStep(run, step, served)),
    ...(own.length > 0 && run.mode === 'apply' ? rightsToRecord : []),
  ];
  const sorted = new Map(all.map((right) => [keyOf(right), right]));
  return [...sorted.keys()].sort().flatMap((key) => sorted.get(key) ?? []);
}

// Steps that change another cluster than that of the step.
function rightsInOther(step: Step, name: string): readonly Right[] {
  if (step.action === 'join' && step.joining.name === name) return [everything];
  if (step.action !== 'remote-secret' || step.read.name !== name) return [];
  return [...rightsIn(istioSystem, 'serviceaccounts', ['get']), ...rightsIn(istioSystem, 'secrets', ['create'])];
}

function rightsOfStep(run: Run, step: Step, served: ServedKinds | null): readonly Right[] {
  const makesCacerts = run.settings.cacerts !== null && step.gate?.kind === 'cacerts-present';
  return [...(makesCacerts ? rightsToApply('secrets', istioSystem) : []), ...rightsOfAction(run, step, served)];
}

function rightsOfAction({ output }: Run, step: Step, served: ServedKinds | null): readonly Right[] {
  switch (step.action) {
    case 'apply':
      return objectsOfStep(output, step).flatMap(({ group, kind, namespace }) => {
        const known = served?.find(group, kind) ?? null;
        return known === null ? [] : rightsToApply(resourceOf(known), namespace);
      });
    case 'istioctl-install':
    case 'helm-upgrade':
      return rightsToInstall;
    case 'install-engine':
    case 'join':
      return [everything];
    case 'remote-secret':
      return rightsToApply('secrets', istioSystem);
    case 'remote-secret-gone':
      return rightsIn(istioSystem, 'secrets', ['get', 'delete']);
    case 'federated-cacerts': {
      const carrier = enginePreflights.get(step.engine)?.carrierOfCacerts ?? null;
      const carried = carrier === null ? [] : rightsToApply(carrier, istioSystem);
      return [...rightsIn(istioSystem, 'secrets', ['get']), ...carried];
    }
    default:
      return [];
  }
}

function rightsIn(namespace: string | null, resource: string, verbs: readonly string[]): readonly Right[] {
  return verbs.map((verb) => ({ verb, resource, namespace }));
}

// Server-side apply is a patch, and a creation if the object does not exist yet.
function rightsToApply(resource: string, namespace: string | null): readonly Right[] {
  return rightsIn(namespace, resource, ['create', 'patch']);
}

const keyOf = ({ resource, namespace, verb }: Right): string => [resource, namespace ?? '-', verb].join('\t');

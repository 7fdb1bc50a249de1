import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import type { Unit } from '../../../plan/gitops/units.ts';

const webhooks = { group: 'admissionregistration.k8s.io' };

/**
 * istiod writes its certificate into its webhooks, and lets the validating one fail closed once it serves (1.31.0
 * pilot/pkg/webhooks, security/pkg/k8s).
 */
const ofIstiod = [
  {
    ...webhooks,
    kind: 'MutatingWebhookConfiguration',
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
  },
  {
    ...webhooks,
    kind: 'ValidatingWebhookConfiguration',
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]?.failurePolicy'],
  },
];

/** The fields of a unit's objects that somebody else writes: istiod, or an autoscaler. */
export function ignoredDifferences(context: GitopsContext, unit: Unit): readonly object[] {
  if (unit.kind === 'release') return ofIstiod;
  return context.contentOf(unit).autoscaled.map(({ group, kind, namespace, name }) => ({
    group,
    kind,
    ...(namespace === null ? {} : { namespace }),
    name,
    jsonPointers: ['/spec/replicas'],
  }));
}

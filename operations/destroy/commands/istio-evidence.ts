import { istioNamespace } from '../../../constructs/domain/istio/namespaces.ts';
import { istioKinds } from '../../../constructs/plan/steps/brought.ts';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { undoTable } from '../../engines/undo-table.ts';
import { whyIstioStays } from '../../removal/claims.ts';
import { lookUpOne } from '../../removal/look-up.ts';
import type { Place } from '../../removal/place.ts';
import type { Undoing } from '../../undoing/undoing.ts';

/**
 * Why the Istio of a cluster stays although its record says that we installed it; null if it is ours. The row alone does not
 * tell: somebody else's installation has the same name. The plan does, or our namespace around it.
 */
export async function whyIstioIsLeft({ plan }: Undoing, place: Place): Promise<string | null> {
  const stays = whyIstioStays(place);
  if (stays !== null) return stays;
  const { name } = place.cluster;
  if (plan.steps.some((step) => step.target.name === name && bringsIstio(step))) return null;
  const namespace = await lookUpOne(place, { group: '', kind: 'Namespace', namespace: null, name: istioNamespace });
  // Without its namespace there is nothing of it any more.
  if (namespace === null || namespace.isApplied) return null;
  const isBrought = undoTable.some(({ label }) => namespace.labels[label] === 'true');
  return isBrought ? null : 'the plan does not install it, and its namespace is not ours';
}

const bringsIstio = ({ brings }: Step): boolean =>
  brings.some((one) => one.brings === 'kinds' && one.group === istioKinds.group);

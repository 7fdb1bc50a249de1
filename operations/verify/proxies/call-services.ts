import { groupBy } from '../../../constructs/domain/group-by.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { CallInputs } from './call-service.ts';
import { type CountedCalls, countCalls } from './calls.ts';
import type { ClientPod } from './client-pods.ts';
import type { Compared } from './compare.ts';

/** Calls the services from all clusters that have a pod for it, side by side: each Envoy counts its own calls. */
export async function callServices(
  { rows, live, readyPods }: Compared,
  pods: ReadonlyMap<string, ClientPod>,
  { calls, path, answerSeconds, parallel, say }: Omit<CallInputs, 'readyPods'> & { readonly parallel: number },
): Promise<readonly CountedCalls[]> {
  if (calls === 0) return [];
  const ofClient = groupBy(rows, ({ row }) => row.client);
  return sideBySide([...pods.values()], parallel, async (pod) => {
    const { name } = pod.cluster;
    // That was reported already.
    if (live.get(name)?.kind !== 'found') return { counts: new Map(), problems: [] };
    if (pod.hasCurl === true)
      return countCalls(pod, ofClient.get(name) ?? [], { calls, path, answerSeconds, readyPods, say });
    const problem = `${name}: no pod with a sidecar has curl, so nothing was called from there`;
    const fix = 'name a Deployment with curl: --client NAMESPACE/DEPLOYMENT, or compare endpoints only: --calls 0';
    return { counts: new Map(), problems: [{ problem, fix }] };
  });
}

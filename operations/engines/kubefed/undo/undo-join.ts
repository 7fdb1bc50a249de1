import { dnsSubdomainPattern } from '../../../../constructs/domain/kubernetes/dns-names.ts';
import type { ObjectReference } from '../../../clusters/changes.ts';
import type { RecordedCommand } from '../../../record/record.ts';
import { waitWhileThere } from '../../../removal/delete.ts';
import { lookUp, lookUpOne } from '../../../removal/look-up.ts';
import type { Place } from '../../../removal/place.ts';
import { resourceOf } from '../../../removal/resource.ts';
import { type CommandUndo, oneByOne } from '../../../undoing/command-undo.ts';
import { isCreated } from '../../../undoing/ledger.ts';
import { runTool } from '../../../undoing/run-tool.ts';
import type { Undoing } from '../../../undoing/undoing.ts';
import { namespaceOf } from '../../disown.ts';
import { coreGroup, kubefedNamespace } from './names.ts';
import { whoElseFederates, whoElseIsRecorded } from './who-else.ts';

const registrationOf = (name: string): ObjectReference => ({
  group: coreGroup,
  kind: 'KubeFedCluster',
  namespace: kubefedNamespace,
  name,
});

/** Takes a cluster out of KubeFed. The arguments: the cluster, and its name in KubeFed. */
export const undoJoin: CommandUndo = {
  tool: 'kubefedctl',
  about: ([cluster]) => cluster ?? null,
  describe: ([cluster]) => `${cluster} leaves KubeFed`,
  whyLeft: (undoing, place, command) => whyJoined(undoing, place, command),
  undo: oneByOne(async (undoing, place, [cluster = '', name = '']) => {
    const joined = undoing.places.get(cluster);
    if (joined === undefined) return;
    // Our own objects stay on a host that stays.
    const isGoing = undoing.isRemoved(place.cluster.name);
    const others = isGoing ? await whoElseFederates(place) : whoElseIsRecorded(place);
    if (others !== null) return place.tell(`left on ${place.cluster.name}: ${cluster} stays in KubeFed; ${others}`);
    if ((await lookUpOne(place, registrationOf(name))) !== null) {
      const words = [
        'unjoin',
        name,
        `--cluster-context=${joined.cluster.context}`,
        `--host-cluster-context=${place.cluster.context}`,
        `--host-cluster-name=${place.cluster.name}`,
      ];
      const call = { tool: 'kubefedctl', args: words, timeoutSeconds: place.timeoutSeconds } as const;
      await runTool(undoing.program, call, `${cluster} does not leave KubeFed`);
    }
    await untilItsNamespaceIsGone(place, joined);
  }),
};

// Kubernetes deletes the namespace in the background, with every object that is created in it meanwhile. On the host it is
// KubeFed's own namespace.
async function untilItsNamespaceIsGone(host: Place, joined: Place): Promise<void> {
  if (joined.cluster.name === host.cluster.name) return;
  await waitWhileThere(
    joined,
    async () => (await lookUp(joined, [namespaceOf(kubefedNamespace)])).map(resourceOf),
    () => `${joined.cluster.name} has not deleted its namespace ${kubefedNamespace} yet`,
  );
}

// kubefedctl also deletes in the cluster that leaves. So a row is followed only if the plan has that join, or if that cluster
// itself holds a record of this federation and is removed, too.
function whyJoined(undoing: Undoing, place: Place, { args }: RecordedCommand): string | null {
  const [cluster = '', name = ''] = args;
  if (!dnsSubdomainPattern.test(name)) return 'its row in the record is not one that we write';
  if (!isCreated(undoing.ledger.recordOf(place.cluster.name), registrationOf(name)))
    return `${cluster} had joined before`;
  if (!undoing.places.has(cluster)) return `${cluster} holds no record of this federation`;
  const joins = undoing.plan.steps.filter((step) => step.action === 'join' && step.joining.name === cluster);
  const isPlanned = joins.some((step) => step.action === 'join' && step.joining.federationCluster === name);
  if (joins.length > 0 ? isPlanned : undoing.isRemoved(cluster)) return null;
  return `the plan joins ${cluster} under another name`;
}

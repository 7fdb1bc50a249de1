import { istioNamespace } from '../../../constructs/domain/istio/namespaces.ts';
import { deleteObjects, waitWhileThere } from '../../removal/delete.ts';
import { listObjects } from '../../removal/list-objects.ts';
import type { Place } from '../../removal/place.ts';
import { resourceOf } from '../../removal/resource.ts';
import { aboutItself, type CommandUndo } from '../../undoing/command-undo.ts';
import { runTool } from '../../undoing/run-tool.ts';
import type { Undoing } from '../../undoing/undoing.ts';
import { whyIstioIsLeft } from './istio-evidence.ts';

/** The installation as istioctl stores it (docs/decisions/0003), in place of its file, which may be gone. */
const installation = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: installed-state
  namespace: istio-system
`;

const ownedByInstallation = 'install.operator.istio.io/owning-resource=installed-state';

/** Uninstalls what istioctl has installed. */
export const undoIstioctl: CommandUndo = {
  tool: 'istioctl',
  about: aboutItself,
  describe: () => 'istioctl uninstalls Istio',
  whyLeft: (undoing, place) => whyIstioIsLeft(undoing, place),
  undo: async (undoing, place) => {
    await uninstall(undoing, place);
    await deleteShared(place);
    await waitWhileThere(
      place,
      async () =>
        (
          await listObjects(place, {
            resource: 'pods',
            namespace: istioNamespace,
            selector: 'app=istiod,istio.io/rev=default',
          })
        ).map(resourceOf),
      (names) => `istiod of ${place.cluster.name} is still there: ${names}`,
    );
  },
};

async function uninstall({ program }: Undoing, place: Place): Promise<void> {
  const words = ['uninstall', `--context=${place.cluster.context}`, '--filename=-', '--skip-confirmation'];
  // In some versions, such as 1.7, the command was still experimental.
  const help = await program({ program: 'istioctl', args: ['uninstall', '--help'], timeoutSeconds: 30 });
  const isExperimental = help.kind === 'ended' && help.exitCode !== 0;
  const call = {
    tool: 'istioctl',
    args: [...(isExperimental ? ['x'] : []), ...words],
    input: installation,
    timeoutSeconds: place.timeoutSeconds,
  } as const;
  await runTool(program, call, `istioctl does not uninstall Istio from ${place.cluster.name}`);
}

// Several installations would share these objects, so istioctl leaves them.
async function deleteShared(place: Place): Promise<void> {
  const selector = ownedByInstallation;
  const inside = { resource: 'serviceaccounts,services', namespace: istioNamespace, selector };
  const resource = 'clusterroles,clusterrolebindings,validatingwebhookconfigurations,mutatingwebhookconfigurations';
  await deleteObjects(place, await listObjects(place, inside));
  await deleteObjects(place, await listObjects(place, { resource, namespace: null, selector }));
}

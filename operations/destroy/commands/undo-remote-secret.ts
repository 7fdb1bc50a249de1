import { istioNamespace } from '../../../constructs/domain/istio/namespaces.ts';
import { tellLeft, whyIstioStays } from '../../removal/claims.ts';
import { deleteObjects } from '../../removal/delete.ts';
import { deleteRecorded } from '../../removal/delete-recorded.ts';
import { type FoundObject, lookUpOne } from '../../removal/look-up.ts';
import type { Place } from '../../removal/place.ts';
import { remoteSecretOf } from '../../removal/remote-secrets.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { CommandUndo } from '../../undoing/command-undo.ts';
import type { Undoing } from '../../undoing/undoing.ts';

/** Stops an istiod from reading another cluster. The arguments: the cluster that is read, and Istio's name for it. */
export const undoRemoteSecret: CommandUndo = {
  tool: null,
  about: ([read]) => read ?? null,
  describe: ([read], cluster) => `${cluster} no longer reads ${read}`,
  whyLeft: (_, place, { args }) =>
    remoteSecretOf(args) === null ? 'its row in the record is not one that we write' : whyIstioStays(place),
  undo: async (undoing, place, all) => {
    await deleteRecorded(
      place,
      all.flatMap((args) => remoteSecretOf(args) ?? []),
    );
    await sideBySide(all, place.parallel, ([read = '']) => deleteTokenOf(undoing, place, read));
  },
};

const token = {
  group: '',
  kind: 'Secret',
  namespace: istioNamespace,
  name: 'istio-reader-service-account-istio-remote-secret-token',
} as const;

async function deleteTokenOf(
  { places, isRemoved, withoutToken }: Undoing,
  { tell }: Place,
  cluster: string,
): Promise<void> {
  const removed = isRemoved(cluster) ? places.get(cluster) : undefined;
  if (removed === undefined || withoutToken.has(cluster)) return;
  withoutToken.add(cluster);
  await deleteReaderToken({ ...removed, tell });
}

// Others have read the cluster with this token. It was made for them, and all of them lose it if the cluster is removed.
async function deleteReaderToken(place: Place): Promise<void> {
  const found = await lookUpOne(place, token);
  if (found === null) return;
  const why = whyIstioStays(place) ?? (isReaderToken(found) ? null : 'it is no token of the reader');
  if (why !== null) return tellLeft(place, found, why);
  await deleteObjects(place, [found], isReaderToken);
}

// istioctl made it, so the server does not remember that we did.
const isReaderToken = ({ type, annotations }: FoundObject): boolean =>
  type === 'kubernetes.io/service-account-token' &&
  annotations['kubernetes.io/service-account.name'] === 'istio-reader-service-account';

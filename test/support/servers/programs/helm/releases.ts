import type { ApiServer } from '../../api/api-server.ts';
import { textAt } from '../../api/object.ts';
import { objectsOf, placeIn } from '../../controllers/controller.ts';

/** A revision of a release, as its Secret keeps it. */
export interface Revision {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  readonly status:
    | 'deployed'
    | 'superseded'
    | 'failed'
    | 'pending-install'
    | 'pending-upgrade'
    | 'pending-rollback'
    | 'uninstalling';
  /** Names of objects, as `kind/namespace/name`, and what it was made of. */
  readonly chart: string;
  readonly version: string;
  readonly values: string;
  readonly manifest: string;
}

/** The revisions of a release, the first one first. */
export function revisionsOf(server: ApiServer, namespace: string, name: string): readonly Revision[] {
  return objectsOf(server, 'secrets', namespace)
    .filter((secret) => secret.type === 'helm.sh/release.v1' && secret.metadata.labels?.name === name)
    .map((secret) => ({
      ...(JSON.parse(Buffer.from(textAt(secret, 'data', 'release'), 'base64').toString('utf8')) as Revision),
      status: (secret.metadata.labels?.status ?? 'failed') as Revision['status'],
    }))
    .sort((one, other) => one.revision - other.revision);
}

/** Keeps a revision. */
export function keepRevision(server: ApiServer, revision: Revision): void {
  const { name, namespace, status } = revision;
  const title = titleOf(revision);
  const sent = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: title, namespace, labels: { name, owner: 'helm', status, version: String(revision.revision) } },
    type: 'helm.sh/release.v1',
    data: { release: Buffer.from(JSON.stringify({ ...revision, status: '' })).toString('base64') },
  };
  const place = server.placeOf(sent);
  if (server.find(place) === undefined) server.create(sent, { manager: 'Helm' });
  else
    server.patch(
      place,
      (copy) => {
        copy.metadata.labels = sent.metadata.labels;
        copy.data = sent.data;
      },
      { manager: 'Helm' },
    );
}

/** Forgets a revision. */
export function forgetRevision(server: ApiServer, revision: Revision): void {
  const place = placeIn(server, 'secrets', revision.namespace, titleOf(revision));
  if (place !== null && server.find(place) !== undefined) server.delete(place);
}

const titleOf = ({ name, revision }: Revision): string => `sh.helm.release.v1.${name}.v${revision}`;

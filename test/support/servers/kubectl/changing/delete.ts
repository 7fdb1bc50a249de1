import type { Place } from '../../api/api-server.ts';
import { resourceOf } from '../../api/kinds.ts';
import { StatusError } from '../../api/status-error.ts';
import { deleteRaw } from '../asking/raw.ts';
import { type Command, namespaceOf, placed, readNames, titleOf } from '../command.ts';
import { readManifests } from '../manifests.ts';
import { messageOf, type Said, textOfErrors } from '../said.ts';

/** `kubectl delete`: by name, by manifest, by selector, or at a path of the API. */
export function remove(command: Command, settle: () => void): Said {
  const { args, cluster } = command;
  const raw = args.value('raw');
  if (raw !== null) return deleteRaw(command, raw);
  const places = placesOf(command);
  const [lines, errors]: [string[], string[]] = [[], []];
  for (const place of places) {
    command.note(titleOf(place));
    try {
      cluster.server.delete(place);
      const where = place.namespace === null ? '' : ` from ${place.namespace} namespace`;
      lines.push(`${shownKind(place)} "${place.name}" deleted${where}\n`);
    } catch (error) {
      const isAbsent = error instanceof StatusError && error.reason === 'NotFound';
      if (!isAbsent || !ignoresAbsent(command)) errors.push(messageOf(error));
    }
  }
  settle();
  // It waits until they are gone.
  const isWaiting = args.value('wait') !== 'false';
  const left = isWaiting ? places.filter((place) => cluster.server.find(place) !== undefined) : [];
  for (const { kind, name } of left)
    errors.push(
      `error: timed out waiting for the condition on ${resourceOf({ group: '', plural: kind.plural })}/${name}`,
    );
  if (places.length === 0) lines.push('No resources found\n');
  return { out: lines.join(''), err: textOfErrors(errors), exitCode: errors.length === 0 ? 0 : 1 };
}

const ignoresAbsent = ({ args }: Command): boolean =>
  args.has('ignore-not-found') || args.has('all') || args.value('selector') !== null;

const shownKind = ({ kind }: Place): string => `${kind.singular}${kind.group === '' ? '' : `.${kind.group}`}`;

function placesOf(command: Command): readonly Place[] {
  const { args, cluster } = command;
  if (args.values('filename').length > 0)
    return readManifests(args, command.input).flatMap((one) => {
      const isUnknown = cluster.server.kinds.ofObject(one) === undefined;
      return isUnknown && args.has('ignore-not-found') ? [] : [placed(command, one).place];
    });
  return readNames(command).flatMap(({ kind, names }) => {
    const namespace = args.has('all-namespaces') ? null : namespaceOf(command, kind);
    if (names !== null) return names.map((name) => ({ kind, name, namespace }));
    const [labels, fields] = [args.value('selector') ?? '', args.value('field-selector') ?? ''];
    return cluster.server
      .list(kind, { namespace, labels, fields })
      .map(({ metadata }) => ({ kind, name: metadata.name, namespace: metadata.namespace ?? null }));
  });
}

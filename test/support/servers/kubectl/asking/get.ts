import type { Entry, Place } from '../../api/api-server.ts';
import { StatusError } from '../../api/status-error.ts';
import { type Command, namespaceOf, placed, readNames, titleOf } from '../command.ts';
import { print, type ShownEntry } from '../forms/output.ts';
import { readManifests } from '../manifests.ts';
import { messageOf, ProgramError, type Said, textOfErrors } from '../said.ts';
import { getRaw } from './raw.ts';

interface Found {
  readonly entries: ShownEntry[];
  readonly errors: string[];
  /** Whether one object was asked for, and not a list. */
  readonly isOne: boolean;
}

/** `kubectl get` */
export function get(command: Command): Said {
  const { args } = command;
  const raw = args.value('raw');
  if (raw !== null) return getRaw(command, raw);
  const found = args.values('filename').length > 0 ? findPiped(command) : findNamed(command);
  return tell(found, command);
}

function tell({ entries, errors, isOne }: Found, { args }: Command): Said {
  const form = args.value('output') ?? '';
  const err = textOfErrors(errors);
  const exitCode = errors.length === 0 ? 0 : 1;
  if (entries.length === 0 && errors.length === 0 && form === '' && !args.has('ignore-not-found')) {
    const namespace = args.value('namespace') ?? 'default';
    const where = args.has('all-namespaces') ? '' : ` in ${namespace} namespace.`;
    return { out: '', err: `No resources found${where}\n`, exitCode };
  }
  // An empty list is shown as one, unless nothing was to be said about what is missing.
  const isSilent = entries.length === 0 && (isOne || form === '' || args.has('ignore-not-found'));
  const out = isSilent ? '' : print(entries, form, { isList: !isOne, hasManagers: args.has('show-managed-fields') });
  return { out, err, exitCode };
}

function findNamed(command: Command): Found {
  const named = readNames(command);
  const [first] = named;
  const found: Found = { entries: [], errors: [], isOne: named.length === 1 && first?.names?.length === 1 };
  if (command.args.has('all-namespaces') && named.some(({ names }) => names !== null))
    throw new ProgramError('error: a resource cannot be retrieved by name across all namespaces');
  for (const { kind, names } of named) {
    const namespace = namespaceOf(command, kind);
    if (names === null) found.entries.push(...listOf(command, kind));
    else for (const name of names) collect(command, { kind, name, namespace }, found);
  }
  return found;
}

function listOf(command: Command, kind: Entry['kind']): readonly Entry[] {
  const { args, cluster } = command;
  const namespace = args.has('all-namespaces') ? null : namespaceOf(command, kind);
  const [labels, fields] = [args.value('selector') ?? '', args.value('field-selector') ?? ''];
  command.note(titleOf({ kind, namespace, name: '*' }));
  return cluster.server
    .list(kind, { namespace, labels, fields })
    .map(({ metadata }) => cluster.server.entry({ kind, name: metadata.name, namespace: metadata.namespace ?? null }));
}

function findPiped(command: Command): Found {
  const found: Found = { entries: [], errors: [], isOne: false };
  for (const one of readManifests(command.args, command.input)) {
    try {
      collect(command, placed(command, one).place, found, one.apiVersion);
    } catch (error) {
      found.errors.push(messageOf(error));
    }
  }
  return found;
}

// An object of a manifest is shown in the version of the manifest.
function collect(command: Command, place: Place, { entries, errors }: Found, apiVersion?: string): void {
  command.note(titleOf(place));
  try {
    const entry = command.cluster.server.entry(place);
    entries.push(apiVersion === undefined ? entry : { ...entry, shownAs: apiVersion });
  } catch (error) {
    const isAbsent = error instanceof StatusError && error.reason === 'NotFound';
    if (!isAbsent || !command.args.has('ignore-not-found')) errors.push(messageOf(error));
  }
}

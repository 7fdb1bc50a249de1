import type { Place } from '../../api/api-server.ts';
import type { SentObject, StoredObject } from '../../api/object.ts';
import { type Command, placed, titleOf } from '../command.ts';
import { print, shownName } from '../forms/output.ts';
import { readManifests } from '../manifests.ts';
import { failing, messageOf, type Said, textOfErrors } from '../said.ts';

const advice = `
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

/** `kubectl apply --server-side`: what cannot be applied does not keep the others. */
export function apply(command: Command): Said {
  if (!command.args.has('server-side')) return failing('error: these servers only know apply --server-side');
  const [out, unknown, refused]: [string[], string[], string[]] = [[], [], []];
  const known = readManifests(command.args, command.input).flatMap((one) => {
    const mapped = attempt(() => placed(command, one));
    if ('error' in mapped) unknown.push(mapped.error);
    return 'value' in mapped ? [mapped.value] : [];
  });
  for (const { place, sent } of known) {
    command.note(titleOf(place));
    const applied = attempt(() => applyOne(command, sent));
    if ('error' in applied) refused.push(explained(applied.error));
    else out.push(lineOf(command, place, applied.value));
  }
  const errors = [...unknown, ...refused];
  const [first = ''] = errors;
  // An item of a List has no `error: ` before it, even alone.
  const err = first.startsWith('error: unable to recognize')
    ? textOfErrors(['', ...errors]).slice(1)
    : textOfErrors(errors);
  return { out: out.join(''), err, exitCode: errors.length === 0 ? 0 : 1 };
}

function applyOne({ args, cluster }: Command, sent: SentObject): StoredObject {
  const manager = args.value('field-manager') ?? 'kubectl';
  return cluster.server.apply(sent, { manager, force: args.has('force-conflicts'), isDryRun: isDryRun(args) });
}

const isDryRun = (args: Command['args']): boolean => args.value('dry-run') === 'server';

function lineOf({ args }: Command, { kind }: Place, object: StoredObject): string {
  const entry = { kind, object, managers: new Map() };
  const form = args.value('output');
  if (form === null) return `${shownName(entry)} serverside-applied${isDryRun(args) ? ' (server dry run)' : ''}\n`;
  return print([entry], form, { isList: false, hasManagers: false });
}

function attempt<T>(act: () => T): { readonly value: T } | { readonly error: string } {
  try {
    return { value: act() };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

const explained = (text: string): string =>
  text.includes('Apply failed with')
    ? `${text.replace(/^Error from server \(Conflict\): /, 'error: ')}${advice}`
    : text;

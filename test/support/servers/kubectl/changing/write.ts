import type { SentObject, StoredObject } from '../../api/object.ts';
import { type Command, placed, titleOf } from '../command.ts';
import { print, shownName } from '../forms/output.ts';
import { readManifests } from '../manifests.ts';
import { forEach, messageOf, ProgramError, type Said } from '../said.ts';

/** `kubectl create -f -` */
export function create(command: Command): Said {
  const manager = command.args.value('field-manager') ?? 'kubectl-create';
  const write = (sent: SentObject): StoredObject => command.cluster.server.create(sent, { manager });
  return writeAll(command, { doing: 'creating', done: 'created', write });
}

/** `kubectl replace -f -` */
export function replace(command: Command): Said {
  const manager = command.args.value('field-manager') ?? 'kubectl-replace';
  const write = (sent: SentObject): StoredObject => command.cluster.server.update(sent, { manager });
  return writeAll(command, { doing: 'replacing', done: 'replaced', write });
}

interface Writing {
  readonly doing: string;
  readonly done: string;
  readonly write: (sent: SentObject) => StoredObject;
}

function writeAll(command: Command, { doing, done, write }: Writing): Said {
  return forEach(readManifests(command.args, command.input), (one) => {
    const { place, sent } = placed(command, one);
    command.note(titleOf(place));
    inSource(doing, () => write(sent));
    const entry = { ...command.cluster.server.entry(place), shownAs: sent.apiVersion };
    const form = command.args.value('output');
    return form === null
      ? `${shownName(entry)} ${done}\n`
      : print([entry], form, { isList: false, hasManagers: false });
  });
}

function inSource<T>(doing: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const text = messageOf(error).replace(/^(Error from server( \(\w+\))?): /, `$1: error when ${doing} "STDIN": `);
    throw new ProgramError(text);
  }
}

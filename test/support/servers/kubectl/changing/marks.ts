import { isSame, type StoredObject } from '../../api/object.ts';
import type { Command } from '../command.ts';
import { ProgramError, type Said } from '../said.ts';
import { patchNamed } from './patch.ts';

/** `kubectl annotate` */
export function annotate(command: Command): Said {
  return mark(command, 'annotations', { manager: 'kubectl-annotate', verb: 'annotated', never: 'annotated' });
}

/** `kubectl label` */
export function label(command: Command): Said {
  return mark(command, 'labels', { manager: 'kubectl-label', verb: 'labeled', never: 'not labeled' });
}

interface Wording {
  readonly manager: string;
  readonly verb: string;
  /** What is said if nothing changes. */
  readonly never: string;
}

const isPair = (word: string): boolean => /^[^/=]+(\/[^=]+)?=/.test(word) || /^[^=]+-$/.test(word);

function mark(command: Command, field: 'annotations' | 'labels', { manager, verb, never }: Wording): Said {
  const pairs = command.words.filter(isPair);
  const names = command.words.filter((word) => !isPair(word));
  const change = (object: StoredObject): void => {
    const map: Record<string, string> = { ...object.metadata[field] };
    for (const pair of pairs) set(map, pair, command.args.has('overwrite'));
    object.metadata[field] = map;
  };
  const done = (before: StoredObject, after: StoredObject): string => {
    if (isSame(before.metadata[field] ?? {}, after.metadata[field] ?? {})) return never;
    return verb === 'labeled' && pairs.every((pair) => !pair.includes('=')) ? 'unlabeled' : verb;
  };
  return patchNamed({ ...command, words: names }, { manager, done }, change);
}

function set(map: Record<string, string>, pair: string, overwrites: boolean): void {
  const at = pair.indexOf('=');
  const key = at < 0 ? pair.slice(0, -1) : pair.slice(0, at);
  const former = map[key];
  if (at < 0) delete map[key];
  else if (former === undefined || overwrites || former === pair.slice(at + 1)) map[key] = pair.slice(at + 1);
  else throw new ProgramError(`error: '${key}' already has a value (${former}), and --overwrite is false`);
}

import type { RecordedOutput, RecordedRun } from '../recording.ts';

/** A change of one object. */
export interface Change {
  readonly cluster: string;
  readonly verb: string;
  /** `Kind.group/namespace/name`, the kind in small letters. */
  readonly object: string;
  /** The number of its call: several changes of one call have no order. */
  readonly call: number;
}

/** A change without its place in the order. */
export const titleOf = ({ cluster, verb, object }: Change): string => `${cluster} ${verb} ${object}`;

/** An object with its kind in small letters, since kubectl takes `secret/x` as well as `Secret/x`. */
export function normalObject(object: string): string {
  const [kind = '', ...rest] = object.split('/');
  return [kind.toLowerCase(), ...rest].join('/');
}

/** The changes of a recorded run, object by object. A call that failed, or was never finished, is none. */
export function recordedChanges(run: RecordedRun, output: RecordedOutput): readonly Change[] {
  return run.calls.flatMap((text, call) => {
    const [cluster = '', tool = '', verb = '', ...words] = text.split(' ');
    if (words.at(-1)?.startsWith('!')) return [];
    return objectsOf(tool, words, output).map((object) => ({ ...changeOf(cluster, tool, verb, object), call }));
  });
}

/** A change in the words that the scripts and the command share. */
export function changeOf(cluster: string, tool: string, verb: string, object: string): Omit<Change, 'call'> {
  if (object.startsWith('configmap/kube-system/mesh-federation-'))
    return { cluster, verb: verb === 'delete' ? 'delete' : 'record', object };
  return { cluster, verb: tool === 'kubectl' ? verb : `${tool} ${verb}`, object };
}

function objectsOf(tool: string, words: readonly string[], output: RecordedOutput): readonly string[] {
  if (tool !== 'kubectl') return [words.join(' ')];
  const isChosen = words.some((word) => /^--(selector|field-selector|all)/.test(word));
  if (isChosen) return [normalObject(words.join(' '))];
  return words
    .filter((word) => !word.startsWith('--') && !word.includes('='))
    .flatMap((word) => (output.directories[word] ?? word).split(' '))
    .map(normalObject);
}

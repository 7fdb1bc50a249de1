import type { Place } from '../api/api-server.ts';
import type { Kind } from '../api/kinds.ts';
import type { SentObject } from '../api/object.ts';
import type { FakeCluster, World } from '../world.ts';
import type { Arguments } from './arguments.ts';
import { isListed } from './manifests.ts';
import { ProgramError } from './said.ts';

/** A call of kubectl, read and with its cluster. */
export interface Command {
  readonly args: Arguments;
  /** The words behind the verb, those after `--` included. */
  readonly words: readonly string[];
  readonly input: string;
  readonly cluster: FakeCluster;
  readonly world: World;
  /** Notes the objects of the call. */
  readonly note: (...objects: readonly string[]) => void;
}

/** Some objects that words name: a kind, and names if not all are meant. */
export interface Named {
  readonly kind: Kind;
  /** Null means all. */
  readonly names: readonly string[] | null;
}

/** The objects that the words of a command name: `deploy a b`, `secret/a service/b`, `pods,services`. */
export function readNames({ cluster, words }: Pick<Command, 'cluster' | 'words'>): readonly Named[] {
  const [first = '', ...others] = words;
  if (first === '') throw new ProgramError('error: You must specify the type of resource to get.');
  if (words.some((word) => word.includes('/')))
    return words.map((word) => {
      const [kind = '', name = '', ...more] = word.split('/');
      if (more.length > 0 || name === '' || kind === '')
        throw new ProgramError(`error: arguments in resource/name form may not have more than one slash`);
      return { kind: kindNamed(cluster, kind), names: [name] };
    });
  const kinds = first.split(',').map((word) => kindNamed(cluster, word));
  return kinds.map((kind) => ({ kind, names: others.length === 0 ? null : others }));
}

/** The kind that a word means. */
export function kindNamed({ server }: FakeCluster, word: string): Kind {
  const kind = server.kinds.named(word);
  if (kind === undefined)
    throw new ProgramError(`error: the server doesn't have a resource type "${word.split('.')[0]}"`);
  return kind;
}

/** The namespace that a command means for a kind. */
export function namespaceOf({ args }: Pick<Command, 'args'>, kind: Kind): string | null {
  return kind.isNamespaced ? (args.value('namespace') ?? 'default') : null;
}

/** An object of a manifest with the namespace of the command. */
export function placed(command: Command, sent: SentObject): { readonly sent: SentObject; readonly place: Place } {
  const kind = command.cluster.server.kinds.ofObject(sent);
  const { name, namespace } = sent.metadata;
  if (kind === undefined) throw unknownKind(sent);
  if (!kind.isNamespaced) {
    const { namespace: _, ...metadata } = sent.metadata;
    return { sent: { ...sent, metadata: { ...metadata, name } }, place: { kind, name, namespace: null } };
  }
  const asked = command.args.value('namespace');
  if (asked !== null && namespace !== undefined && namespace !== asked)
    throw new ProgramError(
      `error: the namespace from the provided object "${namespace}" does not match the namespace "${asked}". You must pass '--namespace=${namespace}' to perform this operation.`,
    );
  const own = namespace ?? asked ?? 'default';
  return {
    sent: { ...sent, metadata: { ...sent.metadata, name, namespace: own } },
    place: { kind, name, namespace: own },
  };
}

/** An object as calls name it: `Deployment.apps/istio-system/istiod`. */
export function titleOf({ kind, namespace, name }: Place): string {
  const group = kind.group === '' ? '' : `.${kind.group}`;
  return `${kind.kind}${group}/${namespace === null ? '' : `${namespace}/`}${name}`;
}

function unknownKind(sent: SentObject): ProgramError {
  const { name, namespace = '' } = sent.metadata;
  const what = `no matches for kind "${sent.kind}" in version "${sent.apiVersion}"`;
  if (isListed(sent)) return new ProgramError(`error: unable to recognize ${what}`);
  return new ProgramError(
    `error: resource mapping not found for name: "${name}" namespace: "${namespace}" from "STDIN": ${what}\nensure CRDs are installed first`,
  );
}

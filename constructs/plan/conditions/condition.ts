import { istioNamespace } from '../../domain/istio/namespaces.ts';
import type { Target } from '../../model/federation.ts';

/**
 * How an answer is compared, line by line. `some`: a line of it matches the pattern. `every`: each line matches, even if
 * there is none. `none`: there is an answer, and no line matches. `same`: the first two words are equal, and the rest
 * matches. `address`: the first word is an IP address or a hostname, and matches.
 */
export type Match = 'some' | 'every' | 'none' | 'same' | 'address';

/**
 * A question to a cluster, and the answer that lets a run go on. It needs no judgement: whoever asks compares two texts.
 */
export interface Condition {
  /** The API server that is asked. */
  readonly at: Target;
  /** `KIND.GROUP`, as kubectl takes it. `remote-clusters` is the list that istioctl gets from istiod, `injection` a dry run of a pod. */
  readonly kind: string;
  /** Null means no namespace. */
  readonly namespace: string | null;
  /** Null means every object of the kind. A text with `/` is the label that the objects have. */
  readonly name: string | null;
  /** The part of the objects that is the answer. Null means the whole answer. */
  readonly jsonpath: string | null;
  readonly match: Match;
  /** An extended regular expression of POSIX for a whole line or word. Null means that anything matches. */
  readonly pattern: string | null;
  /** Whether a run waits for the answer. Otherwise it asks once. */
  readonly isAwaited: boolean;
  /** What to do if the answer does not come. */
  readonly fix: string;
}

/** An object that a step applies. `''` is the core group; null means no namespace. */
export interface AppliedObject {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** A literal text as a pattern. */
export function literally(text: string): string {
  return text.replaceAll(/[.[\](){}*+?^$|\\]/g, '\\$&');
}

/** An object, for a question about it. */
type Named = Pick<Condition, 'at' | 'kind' | 'namespace'> & { readonly name: string };

/** Holds while an object exists. */
export function exists(named: Named, fix: string): Condition {
  return {
    ...named,
    jsonpath: '{.metadata.name}',
    match: 'some',
    pattern: literally(named.name),
    isAwaited: true,
    fix,
  };
}

/** Holds as soon as all pods of a Deployment are those of its current template, and enough of them are available. */
export function rolledOut(at: Target, namespace: string | null, name: string): Condition {
  return {
    at,
    kind: 'deployment.apps',
    namespace,
    name,
    jsonpath: [
      '{.metadata.generation}',
      '{.status.observedGeneration}',
      '{.status.conditions[?(@.type=="Available")].status}',
      '{.status.conditions[?(@.type=="Progressing")].reason}',
    ].join(' '),
    match: 'same',
    pattern: 'True NewReplicaSetAvailable',
    isAwaited: true,
    fix: `look at the pods: kubectl describe deployment ${name}`,
  };
}

/** Holds while a cluster has the CA of its istiod. */
export function hasCacerts(at: Target): Condition {
  const secret = { at, kind: 'secret', namespace: istioNamespace, name: 'cacerts' };
  const fix =
    'create it: kubectl create secret generic cacerts --from-file=DIRECTORY, with ca-cert.pem, ca-key.pem, ' +
    'root-cert.pem and cert-chain.pem of an intermediate CA; all clusters need one root';
  return { ...exists(secret, fix), isAwaited: false };
}

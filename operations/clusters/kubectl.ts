import { z } from 'zod';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';
import { type ProgramResult, runProgram } from '../tools/run-program.ts';

/** An answer of a server: what was asked for, nothing, or the reason why there is none. */
export type Answer<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: string };

/** One object, or a list of a kind. */
export interface ObjectQuery {
  /** Kind or plural, with the group if it is not the core group: `configmap`, `kubefedclusters.core.kubefed.io`. */
  readonly resource: string;
  /** Name of the object; null for a list. */
  readonly name: string | null;
  /** Null for kinds without a namespace. */
  readonly namespace: string | null;
}

/** The questions that kubectl asks one cluster. Each ends within its bounds of time and size, and asks nobody. */
export interface Kubectl {
  readonly get: <T>(query: ObjectQuery, schema: z.ZodType<T>) => Promise<Answer<T>>;
  /** One key of the data of a Secret, decoded. The others, such as a private key, do not leave the server's answer to kubectl. */
  readonly getSecretKey: (namespace: string, name: string, key: string) => Promise<Answer<string>>;
  /** A path of the API server that answers with JSON: `/version`. */
  readonly getRaw: <T>(path: string, schema: z.ZodType<T>) => Promise<Answer<T>>;
}

/**
 * kubectl for a context of the kubeconfig. The program is used, and not a library: istioctl and helm read the kubeconfig
 * in the same way, so that all of them mean the same cluster.
 *
 * @param answerSeconds how long a server may take for an answer
 */
export function kubectlFor(context: string, answerSeconds: number): Kubectl {
  const ask = async (args: readonly string[]): Promise<ProgramResult> =>
    runProgram({
      program: 'kubectl',
      args: [`--context=${context}`, `--request-timeout=${answerSeconds}s`, ...args],
      // The program itself may hang, for example in a credential plugin.
      timeoutSeconds: 2 * answerSeconds,
    });
  return {
    get: async (query, schema) => read(await ask(argsOf(query, 'json')), schema),
    getSecretKey: async (namespace, name, key) => {
      const query = { resource: 'secret', name, namespace };
      // JSON, so that the answer is read as every other one.
      const template = `{{with index .data ${JSON.stringify(key)}}}{{printf "%q" .}}{{end}}`;
      const answer = read(await ask(argsOf(query, `go-template=${template}`)), z.base64());
      return answer.kind === 'found'
        ? { kind: 'found', value: Buffer.from(answer.value, 'base64').toString('utf8') }
        : answer;
    },
    getRaw: async (path, schema) => read(await ask(['get', `--raw=${path}`]), schema),
  };
}

function argsOf({ resource, name, namespace }: ObjectQuery, output: string): readonly string[] {
  return [
    'get',
    ...(namespace === null ? [] : [`--namespace=${namespace}`]),
    `--output=${output}`,
    '--ignore-not-found',
    // Nothing after this is an option.
    '--',
    ...(name === null ? [resource] : [resource, name]),
  ];
}

function read<T>(result: ProgramResult, schema: z.ZodType<T>): Answer<T> {
  if (result.kind !== 'ended') return { kind: 'failed', reason: reasonOf(result) };
  if (result.exitCode !== 0) return { kind: 'failed', reason: lastLineOf(result.stderr) };
  if (result.stdout.trim() === '') return { kind: 'absent' };
  const { success, data } = schema.safeParse(parseJson(result.stdout));
  return success ? { kind: 'found', value: data } : { kind: 'failed', reason: 'its answer has another form' };
}

function reasonOf(result: Exclude<ProgramResult, { kind: 'ended' }>): string {
  switch (result.kind) {
    case 'timed-out':
      return 'it takes too long';
    case 'too-long':
      return 'its answer is too long';
    case 'not-started':
      return `kubectl does not run: ${escapeInvisible(result.reason)}`;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Warnings come first, the error last.
function lastLineOf(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return escapeInvisible(line === '' ? 'kubectl failed without a message' : line).slice(0, 500);
}

import { z } from 'zod';
import { type ProgramResult, runProgram } from '../tools/run-program.ts';
import { type Answer, anotherForm, readJson, readText } from './answer.ts';

/** One object, or a list of a kind. */
export interface ObjectQuery {
  /** Kind or plural, with the group if it is not the core group: `configmap`, `kubefedclusters.core.kubefed.io`. */
  readonly resource: string;
  /** Name of the object; null for a list. */
  readonly name: string | null;
  /** Null for kinds without a namespace. */
  readonly namespace: string | null;
  /** The labels of the objects in a list. @default - any */
  readonly selector?: string;
}

/** A program that runs in a container of a pod. */
export interface PodCommand {
  readonly namespace: string;
  readonly pod: string;
  /** @default - the container that kubectl takes */
  readonly container?: string;
  readonly words: readonly string[];
  /** How long it may take. @default - as long as any answer */
  readonly seconds?: number;
}

/** The questions that kubectl asks one cluster. Each ends within its bounds of time and size, and asks nobody. */
export interface Kubectl {
  readonly get: <T>(query: ObjectQuery, schema: z.ZodType<T>) => Promise<Answer<T>>;
  /** The names in a list. Whatever else the objects hold stays in kubectl. */
  readonly getNames: (query: ObjectQuery) => Promise<Answer<readonly string[]>>;
  /** One key of the data of a Secret, decoded. The others, such as a private key, do not leave the server's answer to kubectl. */
  readonly getSecretKey: (namespace: string, name: string, key: string) => Promise<Answer<string>>;
  /** A path of the API server that answers with JSON: `/version`. */
  readonly getRaw: <T>(path: string, schema: z.ZodType<T>) => Promise<Answer<T>>;
  /** Text that a program in a pod prints. */
  readonly exec: (command: PodCommand) => Promise<Answer<string>>;
}

/**
 * kubectl for a context of the kubeconfig. The program is used, and not a library: istioctl and helm read the kubeconfig
 * in the same way, so that all of them mean the same cluster.
 *
 * @param answerSeconds how long a server may take for an answer
 */
export function kubectlFor(context: string, answerSeconds: number): Kubectl {
  const ask = async (args: readonly string[], seconds = answerSeconds): Promise<ProgramResult> =>
    runProgram({
      program: 'kubectl',
      args: [`--context=${context}`, `--request-timeout=${seconds}s`, ...args],
      // The program itself may hang, for example in a credential plugin.
      timeoutSeconds: seconds + answerSeconds,
    });
  return {
    get: async (query, schema) => readJson(await ask(argsOf(query, 'json')), schema),
    getNames: async (query) => namesOf(readText(await ask(argsOf(query, 'name')))),
    getSecretKey: async (namespace, name, key) => {
      const query = { resource: 'secret', name, namespace };
      // JSON, so that the answer is read as every other one.
      const template = `{{with index .data ${JSON.stringify(key)}}}{{printf "%q" .}}{{end}}`;
      const answer = readJson(await ask(argsOf(query, `go-template=${template}`)), z.base64());
      return answer.kind === 'found'
        ? { kind: 'found', value: Buffer.from(answer.value, 'base64').toString('utf8') }
        : answer;
    },
    getRaw: async (path, schema) => readJson(await ask(['get', `--raw=${path}`]), schema),
    exec: async (command) => readText(await ask(wordsOf(command), command.seconds)),
  };
}

function argsOf({ resource, name, namespace, selector }: ObjectQuery, output: string): readonly string[] {
  return [
    'get',
    ...(namespace === null ? [] : [`--namespace=${namespace}`]),
    ...(selector === undefined ? [] : [`--selector=${selector}`]),
    `--output=${output}`,
    '--ignore-not-found',
    // Nothing after this is an option.
    '--',
    ...(name === null ? [resource] : [resource, name]),
  ];
}

function wordsOf({ namespace, pod, container, words }: PodCommand): readonly string[] {
  const place = [`--namespace=${namespace}`, ...(container === undefined ? [] : [`--container=${container}`])];
  return ['exec', ...place, `pod/${pod}`, '--', ...words];
}

function namesOf(answer: Answer<string>): Answer<readonly string[]> {
  if (answer.kind !== 'found') return answer;
  const lines = answer.value.split('\n').filter((line) => line !== '');
  const names = lines.flatMap((line) => /^[a-z0-9.-]+\/([a-z0-9][a-z0-9.:-]{0,252})$/.exec(line)?.[1] ?? []);
  return names.length === lines.length ? { kind: 'found', value: names } : anotherForm;
}

import { z } from 'zod';
import type { ProgramResult, RunProgram } from '../tools/run-program.ts';
import { type Answer, anotherForm, mapAnswer, readJson, readText } from './answer.ts';
import { askPatiently, type Sleep } from './asking/patiently.ts';
import { type PodTrial, wordsOfCommand, wordsOfQuery, wordsOfTrial } from './asking/words.ts';
import { itemsOf, itemsSchema, listOf, type ObjectIdentity } from './object-lists.ts';

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
  /** Whether the objects of all namespaces are listed. @default - false */
  readonly isEverywhere?: boolean;
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
  /** Those of some objects that exist, by one call. The server must serve their kinds. */
  readonly getMany: <T>(references: readonly ObjectIdentity[], schema: z.ZodType<T>) => Promise<Answer<readonly T[]>>;
  /** URL of the API server, as the kubeconfig has it. */
  readonly getServer: () => Promise<Answer<string>>;
  /** Whether the user of the context may do something. */
  readonly may: (right: Right) => Promise<Answer<boolean>>;
  /** What a pod would be if the server created it: webhooks complete it, and nothing is created. */
  readonly tryPod: <T>(pod: PodTrial, schema: z.ZodType<T>) => Promise<Answer<T>>;
  /** Text that a program in a pod prints. */
  readonly exec: (command: PodCommand) => Promise<Answer<string>>;
}

/** A permission to ask about. `*` is everything. */
export interface Right {
  readonly verb: string;
  /** Plural, with the group if it is not the core group. */
  readonly resource: string;
  /** Null means all namespaces, or a kind without one. */
  readonly namespace: string | null;
}

/** How kubectl reaches a cluster. */
export interface Reach {
  readonly run: RunProgram;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** How long a server may take for an answer. */
  readonly answerSeconds: number;
  /** Waits between two attempts. @default - by the clock of this machine */
  readonly sleep?: Sleep;
}

/**
 * kubectl for a context of the kubeconfig. The program is used, and not a library: istioctl and helm read the kubeconfig
 * in the same way, so that all of them mean the same cluster.
 */
export function kubectlFor({ run, context, answerSeconds, sleep }: Reach): Kubectl {
  const call = (
    program: RunProgram,
    args: readonly string[],
    { seconds = answerSeconds, input = '', more = 0 },
  ): Promise<ProgramResult> =>
    program({
      program: 'kubectl',
      args: [`--context=${context}`, `--request-timeout=${seconds}s`, ...args],
      input,
      // The program itself may hang, for example in a credential plugin.
      timeoutSeconds: seconds + answerSeconds + more,
    });
  const patient = askPatiently(run, sleep);
  const ask = (args: readonly string[], input = '', more = 0) => call(patient, args, { input, more });
  return {
    get: async (query, schema) => readJson(await ask(wordsOfQuery(query, 'json')), schema),
    getNames: async (query) => namesOf(readText(await ask(wordsOfQuery(query, 'name')))),
    getSecretKey: async (namespace, name, key) => {
      const query = { resource: 'secret', name, namespace };
      // JSON, so that the answer is read as every other one.
      const template = `{{with index .data ${JSON.stringify(key)}}}{{printf "%q" .}}{{end}}`;
      const answer = readJson(await ask(wordsOfQuery(query, `go-template=${template}`)), z.base64());
      return answer.kind === 'found'
        ? { kind: 'found', value: Buffer.from(answer.value, 'base64').toString('utf8') }
        : answer;
    },
    getRaw: async (path, schema) => readJson(await ask(['get', `--raw=${path}`]), schema),
    getMany: async (references, schema) => {
      if (references.length === 0) return { kind: 'found', value: [] };
      const flags = ['get', '--filename=-', '--output=json', '--ignore-not-found', '--show-managed-fields'];
      return itemsOf(readJson(await ask(flags, listOf(references), references.length), itemsSchema), schema);
    },
    getServer: async () => {
      const view = readJson(await ask(['config', 'view', '--minify', '--output=json']), configSchema);
      return mapAnswer(view, ({ clusters: [{ cluster }] }) => cluster.server);
    },
    may: async ({ verb, resource, namespace }) => {
      const place = namespace === null ? '--all-namespaces' : `--namespace=${namespace}`;
      return yesOrNo(await ask(['auth', 'can-i', place, '--', verb, resource]));
    },
    tryPod: async (pod, schema) => readJson(await ask(wordsOfTrial(pod)), schema),
    // Once: a program in a pod has effects, such as calls that are counted.
    exec: async (command) => readText(await call(run, wordsOfCommand(command), command)),
  };
}

const configSchema = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ server: z.url({ protocol: /^https?$/ }) }) })]),
});

// kubectl says it in words, and with its exit code. Warnings are on standard error.
function yesOrNo(result: ProgramResult): Answer<boolean> {
  const said = result.kind === 'ended' ? result.stdout.trim() : '';
  if (said === 'yes') return { kind: 'found', value: true };
  if (/^no( - [^\n]*)?$/.test(said)) return { kind: 'found', value: false };
  const text = readText(result);
  return text.kind === 'failed' ? text : anotherForm;
}

function namesOf(answer: Answer<string>): Answer<readonly string[]> {
  if (answer.kind !== 'found') return answer;
  const lines = answer.value.split('\n').filter((line) => line !== '');
  const names = lines.flatMap((line) => /^[a-z0-9.-]+\/([a-z0-9][a-z0-9.:-]{0,252})$/.exec(line)?.[1] ?? []);
  return names.length === lines.length ? { kind: 'found', value: names } : anotherForm;
}

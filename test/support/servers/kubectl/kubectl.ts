import type { World } from '../world.ts';
import { kubectlFlags, readArguments } from './arguments.ts';
import { apiResources } from './asking/api-resources.ts';
import { diff } from './asking/diff.ts';
import { get } from './asking/get.ts';
import { canI, clientVersion, configView, version } from './asking/questions.ts';
import { exec, rolloutStatus, wait } from './asking/waiting.ts';
import { apply } from './changing/apply.ts';
import { remove } from './changing/delete.ts';
import { createLocally } from './changing/local.ts';
import { annotate, label } from './changing/marks.ts';
import { patch, restart } from './changing/patch.ts';
import { run } from './changing/run.ts';
import { create, replace } from './changing/write.ts';
import type { Command } from './command.ts';
import { failing, messageOf, type Said } from './said.ts';

/** What a call of kubectl needs of the servers. */
export interface Surroundings {
  readonly world: World;
  readonly note: (...objects: readonly string[]) => void;
  /** Lets the controllers act. */
  readonly settle: () => void;
  /** Runs a program in a pod. */
  readonly inPod: (context: string, pod: unknown, words: readonly string[]) => Said;
}

const verbs: Readonly<Record<string, (command: Command, around: Surroundings) => Said>> = {
  get,
  apply,
  diff,
  replace,
  run,
  annotate,
  label,
  patch,
  wait,
  version,
  create: (command) => (command.words.length > 0 ? createLocally(command) : create(command)),
  delete: (command, { settle }) => remove(command, settle),
  exec: (command, { inPod }) => exec(command, (pod, program) => inPod(command.cluster.context, pod, program)),
  'rollout status': (command) => rolloutStatus({ ...command, words: command.words.slice(1) }),
  'rollout restart': (command) => restart({ ...command, words: command.words.slice(1) }),
  'auth can-i': canI,
  'config view': configView,
  'api-resources': apiResources,
};

/** Runs a call of kubectl. */
export function kubectl(words: readonly string[], input: string, around: Surroundings): Said {
  const args = readArguments(words, kubectlFlags);
  const [verb = '', ...others] = args.words;
  const [unknown] = args.unknown;
  if (unknown !== undefined) return failing(unknownFlag(unknown, verb));
  if (verb === 'version' && args.has('client')) return clientVersion();
  const context = args.value('context') ?? '';
  const cluster = around.world.clusters.get(context);
  if (cluster === undefined)
    return failing(`Error in configuration: context was not found for specified context: ${context}`);
  const behind = verb === 'exec' ? others : [...others, ...(args.rest ?? [])];
  const act = verbs[verb] ?? verbs[`${verb} ${behind[0] ?? ''}`];
  if (act === undefined) return failing(`error: unknown command "${verb}" for "kubectl"`);
  try {
    return act({ args, words: behind, input, cluster, world: around.world, note: around.note }, around);
  } catch (error) {
    return failing(messageOf(error));
  }
}

function unknownFlag(word: string, verb: string): string {
  const isLong = word.startsWith('--');
  const what = isLong ? `unknown flag: ${word.split('=')[0]}` : `unknown shorthand flag: '${word[1]}' in ${word}`;
  return `error: ${what}\nSee 'kubectl ${verb} --help' for usage.`;
}

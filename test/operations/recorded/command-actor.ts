import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserMistake } from '../../../constructs/model/problems/problem.ts';
import { apply } from '../../../operations/apply/apply.ts';
import { destroy } from '../../../operations/destroy/destroy.ts';
import { runCommand } from '../../support/run-command.ts';
import { simulatedStop } from '../apply/apply-run.ts';
import type { Actor, ActorPlace, Ended } from './run-scenario.ts';
import { uids } from './scenario-clusters.ts';

/** The words of a script, read. */
interface Words {
  readonly yes?: string | boolean;
  readonly 'dry-run'?: boolean;
  readonly diff?: boolean;
  readonly prune?: boolean;
  readonly 'force-conflicts'?: boolean;
  readonly from?: string;
  readonly only?: readonly string[];
  readonly cacerts?: string;
  readonly context?: readonly string[];
  readonly timeout?: string;
}

/**
 * `mesh-federation apply` and `mesh-federation destroy` in the place of the scripts, with the same words. Programs run in this
 * process. Words that are wrong are for the command line itself.
 */
export const command: Actor = {
  run: async (script, args, place) => {
    const words = wordsOf(script, args);
    if (words === null) return fromCommandLine([script.replace('.sh', ''), '-o', place.directory, ...args]);
    const lines: string[] = [];
    const act = script === 'apply.sh' ? applied : destroyed;
    try {
      return { exitCode: await act(words, place, (line) => lines.push(line)), text: lines.join('\n') };
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error;
      return { exitCode: 2, text: error.message };
    }
  },
};

// Null: somebody would be asked, or a word is wrong.
function wordsOf(script: string, args: readonly string[]): Words | null {
  const [flag, value, values] = [{ type: 'boolean' }, { type: 'string' }, { type: 'string', multiple: true }] as const;
  const options = {
    ...{ yes: script === 'apply.sh' ? flag : value, 'dry-run': flag, diff: flag, prune: flag, 'force-conflicts': flag },
    ...{ from: value, only: values, cacerts: value, context: values, timeout: value },
  };
  try {
    const words: Words = parseArgs({ args: [...args], options }).values;
    const isWrong = !/^\d+$/.test(words.timeout ?? '0') || words.context?.some((one) => !one.includes('='));
    const isAsking = script === 'apply.sh' && !(words.yes ?? words['dry-run'] ?? words.diff);
    return isWrong || isAsking ? null : words;
  } catch {
    return null;
  }
}

async function fromCommandLine(words: readonly string[]): Promise<Ended> {
  const { status, out, err } = await runCommand(words);
  return { exitCode: status, text: `${out}${err}` };
}

function applied(words: Words, place: ActorPlace, say: (line: string) => void): Promise<number> {
  return apply({
    ...commonOf(words, place, say),
    mode: words['dry-run'] ? 'dry-run' : words.diff ? 'diff' : 'apply',
    ...{
      from: words.from ?? null,
      to: null,
      canary: null,
      deadlineSeconds: null,
      renamedFrom: null,
      confirm: null,
      onPrompt: null,
    },
    // Nothing else says which clusters these are, and nobody is asked.
    expected: new Map(['host', 'member'].map((name) => [name, uids[name] ?? ''])),
    cacertsDirectory: words.cacerts === undefined ? null : join(place.here, words.cacerts),
    prunes: words.prune ?? false,
    forceConflicts: words['force-conflicts'] ?? false,
  });
}

function destroyed(words: Words, place: ActorPlace, say: (line: string) => void): Promise<number> {
  return destroy({
    ...commonOf(words, place, say),
    isDryRun: words['dry-run'] ?? false,
    typedName: typeof words.yes === 'string' ? words.yes : null,
    askForName: null,
  });
}

const commonOf = (words: Words, { directory, servers }: ActorPlace, say: (line: string) => void) => ({
  directory,
  only: words.only ?? [],
  contexts: new Map(
    (words.context ?? []).map((one): [string, string] => [one.split('=')[0] ?? '', one.replace(/^.*?=/, '')]),
  ),
  timeoutSeconds: Number(words.timeout ?? 20),
  ...{ parallel: 8, answerSeconds: 5, pollMilliseconds: 500, holder: 'somebody@here' },
  program: servers.run,
  stop: simulatedStop(servers),
  now: () => servers.clock.now(),
  allowHttpCharts: false,
  onPrompt: null,
  report: (event: object) => say(JSON.stringify(event)),
});

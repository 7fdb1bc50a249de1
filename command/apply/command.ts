import { type Command, InvalidArgumentError, Option } from 'commander';
import { addClusterOptions } from '../project/cluster-options.ts';
import { labelOf, secondsOf } from '../project/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { goOnCommand } from './go-on-command.ts';
import { type ApplyWords, runApply } from './run-apply.ts';

const notes = `
It takes the steps of plan.tsv in the order of their waves: the clusters of a wave side by side, and no wave before every
condition of the former one holds. First it checks everything that would stop a later step, and says what it will do in each
cluster. You can stop it at any time and run it again: a step changes nothing if everything is already as it should be.
The first Ctrl-C lets running steps finish, the second one ends them.

It needs kubectl 1.22 or newer, and istioctl, helm or kubefedctl if plan.tsv names them. It never switches the current
context and stores nothing on this machine: ConfigMap kube-system/mesh-federation-NAME of each cluster records what was
applied, and Lease kube-system/mesh-federation keeps a second run out.

Exit codes:
  0    done
  1    a check, a step or a server has failed
  2    wrong use, or an output that cannot be used
  3    with --diff or --dry-run: something differs
  4    a condition has not come true in time
  5    somebody else works on a cluster
  129, 130, 143  ended by a signal

Examples:
  mesh-federation apply --diff                            what would change, and nothing is changed
  mesh-federation apply --cacerts ca --to 30-gateways     the first waves, with certificates from ca/CLUSTER
  mesh-federation apply --yes --canary member             asks nobody; in each wave first the cluster member`;

/**
 * Adds `apply` to the command.
 *
 * @param end is told the exit code
 * @param given the words after `mesh-federation`, of which a command to go on with is made
 */
export function addApply(
  program: Command,
  terminal: Terminal,
  end: (exitCode: number) => void,
  given: readonly string[],
): void {
  addClusterOptions(program.command('apply').description('apply an output to its clusters, in the order of its plan'))
    .option('--dry-run', 'let the servers check the changes, and change nothing')
    .option('--diff', 'print the changes to standard output, and make none')
    .option('--from <wave>', 'begin with this wave, such as 40-remote; the waves before it must be done', waveOf)
    .option('--to <wave>', 'end with this wave', waveOf)
    .addOption(listOption('--only <cluster>', 'take the steps of this cluster only; may be repeated'))
    .option('--canary <cluster>', 'in each wave, take the steps of this cluster before those of the others', labelOf)
    .addOption(expectOption())
    .option('--cacerts <directory>', 'make Secret istio-system/cacerts of each cluster from DIRECTORY/CLUSTER')
    .option('--timeout <seconds>', 'how long to wait for each condition', secondsOf, 300)
    .option('--deadline <seconds>', 'how long the whole run may take', secondsOf)
    .option('--prune', 'delete objects that an earlier output applied and this one no longer has')
    .option('--force-conflicts', 'take over fields that somebody else has set to other values')
    .option('--allow-http-charts', 'use chart repositories without TLS, too')
    .option('--renamed-from <federation>', 'the federation had this name before: take over its records', labelOf)
    .option('--yes', 'ask nobody; the clusters must be known from the lock, from an earlier apply or from --expect')
    .option('--events', 'print each event as a line of JSON, in place of text')
    .option('--log <file>', 'write down each program that is called, with its arguments and its duration')
    .addHelpText('after', notes)
    .action(async (words: ApplyWords) => end(await runApply(words, terminal, (wave) => goOnCommand(given, wave))));
}

function listOption(flags: string, description: string): Option {
  const append = (value: string, former: readonly string[]): readonly string[] => [...former, labelOf(value)];
  return new Option(flags, description).argParser(append).default([], 'all');
}

function expectOption(): Option {
  return new Option(
    '--expect <cluster=uid>',
    'the UID of namespace kube-system that a cluster must have; may be repeated',
  )
    .argParser((value: string, former: ReadonlyMap<string, string>) => {
      const [, cluster, uid] = /^([a-z0-9-]+)=([0-9A-Za-z-]+)$/.exec(value) ?? [];
      if (cluster === undefined || uid === undefined) throw new InvalidArgumentError('Write CLUSTER=UID.');
      return new Map([...former, [cluster, uid]]);
    })
    .default(new Map(), 'none');
}

function waveOf(value: string): string {
  if (!/^\d\d-[a-z-]+$/.test(value)) throw new InvalidArgumentError('Give a wave, such as 40-remote.');
  return value;
}

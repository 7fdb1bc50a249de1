import { type Command, Option } from 'commander';
import { addClusterOptions } from '../project/cluster-options.ts';
import { labelOf, secondsOf } from '../project/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type DestroyWords, runDestroy } from './run-destroy.ts';

const notes = `
It deletes only what the records of these clusters list, and of that only what the servers remember as applied by us. It
deletes a namespace only if apply created it and nobody else has anything in it, and a CustomResourceDefinition, Istio's
included, only if it came with apply and no object of it is left. What it leaves, it lists. You can stop it at any time and
run it again: the first Ctrl-C lets running steps finish, the second one ends them.

It needs kubectl 1.22 or newer, and istioctl, helm or kubefedctl if they installed something. ConfigMap
kube-system/mesh-federation-NAME of each cluster records what was applied, and is deleted last. A cluster without a record is
left alone.

Exit codes:
  0    done
  1    a check, a deletion or a server has failed
  2    wrong use, or an output that cannot be used
  4    a condition has not come true in time
  5    somebody else works on a cluster
  129, 130, 143  ended by a signal

Examples:
  mesh-federation destroy --dry-run                            everything that would be deleted
  mesh-federation destroy --only member                        one cluster; the others stop reading it
  mesh-federation destroy --only former --context former=east  one that the plan no longer names`;

/** Adds `destroy` to the command. `end` is told the exit code. */
export function addDestroy(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  addClusterOptions(program.command('destroy').description('remove what apply created, the last wave first'))
    .option('--dry-run', 'list everything that would be deleted, and change nothing')
    .addOption(
      new Option('--only <cluster>', 'remove this cluster and keep the others, which stop reading it; may be repeated')
        .argParser((value: string, former: readonly string[]) => [...former, labelOf(value)])
        .default([], 'all'),
    )
    .option('--timeout <seconds>', 'how long to wait for each condition', secondsOf, 300)
    .option('--allow-http-charts', 'use a chart repository of the plan without TLS, too')
    .option('--yes <name>', 'ask nobody; the name of the federation, which you would otherwise have to type')
    .option('--events', 'print each event as a line of JSON, in place of text')
    .option('--log <file>', 'write down each program that is called, with its arguments and its duration')
    .addHelpText('after', notes)
    .action(async (words: DestroyWords) => end(await runDestroy(words, terminal)));
}

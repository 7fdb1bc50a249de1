import type { Command } from 'commander';
import { endingPrograms } from '../../operations/tools/running-programs.ts';
import { addClusterOptions } from '../project/cluster-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { runStatus, type StatusWords } from './run-status.ts';

const notes = `
For each cluster it tells who changes it at the moment, how far this output was applied there, and, with --objects, which
directories of the output differ from it. It changes nothing. It needs kubectl.

Exit codes:
  0  this output was applied everywhere, and nothing differs
  1  a cluster was not reached, or does not tell
  2  wrong use, or an output that cannot be used
  3  another output was applied, or not all of this one, or something differs

Examples:
  mesh-federation status                 who is at work, and how far this output was applied
  mesh-federation status --objects       also compare every object with the clusters
  mesh-federation status --json          for programs`;

/** Adds `status` to the command. `end` is told the exit code. */
export function addStatus(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  addClusterOptions(program.command('status').description('tell how far an output was applied, and who is at work'))
    .option('--objects', 'compare every object of the output with the clusters')
    .option('--json', 'print the result as JSON instead of a table')
    .addHelpText('after', notes)
    .action(async (words: StatusWords) => end(await endingPrograms(() => runStatus(words, terminal))));
}

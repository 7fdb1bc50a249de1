import type { Command } from 'commander';
import { endingPrograms } from '../../operations/tools/running-programs.ts';
import { addClusterOptions } from '../project/cluster-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type DiscoverWords, runDiscover } from './run-discover.ts';

const examples = `
For each cluster it writes the UID of namespace kube-system and the version of Kubernetes; as soon as they exist, also the
address of the gateway and the sha256 of the root certificate in Secret istio-system/cacerts. It leaves out a leaving
cluster that no longer holds anything of the federation. If a cluster does not answer, it writes nothing. It changes no
cluster. It needs kubectl.

Examples:
  mesh-federation discover                               facts of the clusters become federation.lock.yaml
  mesh-federation discover --context host=admin@host     another context for one of the clusters`;

/** Adds `discover` to the command. `end` is told the exit code. */
export function addDiscover(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  addClusterOptions(
    program.command('discover').description('record facts of the clusters in the lock beside the declaration'),
  )
    .addHelpText('after', examples)
    .action(async (words: DiscoverWords) => end(await endingPrograms(() => runDiscover(words, terminal))));
}

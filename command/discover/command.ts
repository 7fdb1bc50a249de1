import { type Command, InvalidArgumentError } from 'commander';
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
  program
    .command('discover')
    .description('record facts of the clusters in the lock beside the declaration')
    .option('-f, --file <file>', 'the declaration (default: the environment variable FEDERATION, or federation.yaml)')
    .option('-o, --output <directory>', 'its output (default: CDK8S_OUTDIR, or dist in the project)')
    .option(
      '--context <cluster=context>',
      'the kubeconfig context of a cluster; may be repeated',
      addContext,
      new Map(),
    )
    .option('--parallel <number>', 'how many clusters are asked at a time', numberOf, 8)
    .option('--request-timeout <seconds>', 'how long a server may take for an answer', numberOf, 30)
    .addHelpText('after', examples)
    .action(async (words: DiscoverWords) => end(await runDiscover(words, terminal)));
}

function addContext(value: string, contexts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const [, cluster, context] = /^([a-z0-9-]+)=(?!-)([^\p{C}]+)$/u.exec(value) ?? [];
  if (cluster === undefined || context === undefined) throw new InvalidArgumentError('Write CLUSTER=CONTEXT.');
  return new Map([...contexts, [cluster, context]]);
}

function numberOf(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('Give a number from 1 to 999.');
  return Number(value);
}

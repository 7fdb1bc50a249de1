import { type Command, InvalidArgumentError, Option } from 'commander';

/** Options of the commands that ask clusters. */
export interface ClusterOptions {
  /** Contexts by cluster. */
  readonly context: ReadonlyMap<string, string>;
  /** How many clusters are asked at a time. */
  readonly parallel: number;
  /** Seconds that a server has for an answer. */
  readonly requestTimeout: number;
}

/** Adds the options that name an output and reach its clusters. */
export function addClusterOptions(command: Command): Command {
  return command
    .option('-f, --file <file>', 'the declaration (default: the environment variable FEDERATION, or federation.yaml)')
    .option('-o, --output <directory>', 'its output (default: CDK8S_OUTDIR, or dist in the project)')
    .addOption(
      new Option('--context <cluster=context>', 'the kubeconfig context of a cluster; may be repeated')
        .argParser(addContext)
        .default(new Map(), 'those of the plan'),
    )
    .option('--parallel <number>', 'how many clusters are asked at a time', numberOf, 8)
    .option('--request-timeout <seconds>', 'how long a server may take for an answer', numberOf, 30);
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

import { type Command, InvalidArgumentError, Option } from 'commander';
import { endingPrograms } from '../../operations/tools/running-programs.ts';
import { addClusterOptions } from '../project/cluster-options.ts';
import { secondsOf } from '../project/option-values.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { runVerify, type VerifyWords } from './run-verify.ts';

const notes = `
It checks every link between the clusters of the plan, and compares the endpoints that the proxies of each cluster have with
the tables of the output. Then it calls each HTTP service from each cluster, and counts which endpoint received the calls. It
changes nothing. It needs kubectl.

The result goes to standard output. Problems go to standard error: the first broken link, and how to fix it.

Exit codes:
  0  everything is as expected
  1  something is broken, or a cluster was not reached
  2  wrong use, or an output that cannot be used

Examples:
  mesh-federation verify --path /hello                   everything, with 100 calls to each service
  mesh-federation verify --calls 0 --only member         no calls, and only as seen from one cluster
  mesh-federation verify --service helloworld.sample --client sample/sleep --json`;

/** Adds `verify` to the command. `end` is told the exit code. */
export function addVerify(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  addClusterOptions(program.command('verify').description('check the links between the clusters, and count calls'))
    .option('--calls <number>', 'calls to each service from each cluster; 0 makes none', callsOf, 100)
    .option('--path <path>', 'the path to call; every status except 502, 503 and 504 counts as an answer', pathOf, '/')
    .addOption(listOption('--service <host>', 'check this service only, such as helloworld.sample; may be repeated'))
    .option(
      '--client <namespace/deployment>',
      'the Deployment whose pods make the calls (default: any pod with a sidecar and curl)',
      clientOf,
    )
    .addOption(listOption('--only <cluster>', 'check from this cluster only; may be repeated'))
    .option('--timeout <seconds>', 'how long to wait until the endpoints match', secondsOf, 60)
    .option('--json', 'print the result as JSON instead of a table')
    .addHelpText('after', notes)
    .action(async (words: VerifyWords) => end(await endingPrograms(() => runVerify(words, terminal))));
}

function listOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(append).default([], 'all');
}

function callsOf(value: string): number {
  if (!/^(0|[1-9]\d{0,4})$/.test(value)) throw new InvalidArgumentError('Give a number, such as 100.');
  return Number(value);
}

function pathOf(value: string): string {
  if (!/^\/[!-~]*$/.test(value)) throw new InvalidArgumentError('Give a path, such as /hello.');
  return value;
}

function clientOf(value: string): VerifyWords['client'] {
  const [, namespace, name] =
    /^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)$/.exec(value) ?? [];
  if (namespace === undefined || name === undefined) throw new InvalidArgumentError('Write NAMESPACE/DEPLOYMENT.');
  return { namespace, name };
}

// A name of DNS; every other one would be shown in a message as it is.
function append(value: string, former: readonly string[]): readonly string[] {
  if (!/^[a-z0-9][a-z0-9.-]{0,252}$/.test(value)) throw new InvalidArgumentError('Give a name.');
  return [...former, value];
}

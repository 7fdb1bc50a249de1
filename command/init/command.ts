import { type Command, Option } from 'commander';
import { modelSlices } from '../../constructs/slices.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type InitOptions, runInit } from './run-init.ts';

const examples = `
Examples:
  mesh-federation init my-federation --clusters frankfurt,virginia
  mesh-federation init . --from-kubeconfig --engine karmada`;

/** Adds `init` to the command. `end` gets the exit code. */
export function addInit(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  program
    .command('init')
    .description('make a repository for a federation; files that exist are not touched')
    .argument('<directory>', 'where the repository is or will be')
    .addOption(new Option('--clusters <names>', 'names of the clusters, the host first: east,west'))
    .addOption(
      new Option('--from-kubeconfig', 'a cluster for each context of the kubeconfig; reads their names only').conflicts(
        'clusters',
      ),
    )
    .addOption(
      new Option('--topology <topology>', 'where control planes run').choices(['multi-primary', 'primary-remote']),
    )
    .addOption(
      new Option('--engine <engine>', 'how workloads reach the clusters').choices(
        modelSlices.engines.map(({ facts }) => facts.name),
      ),
    )
    .addOption(
      new Option('--gitops <engine>', 'the GitOps engine that applies the output; chooses installer: helm').choices(
        modelSlices.gitops.map(({ name }) => name),
      ),
    )
    .option('--package <spec>', 'version or place of this package for package.json (default: the version that runs)')
    .option('-y, --yes', 'ask nothing')
    .addHelpText('after', examples)
    .action(async (directory: string, options: InitOptions) => end(await runInit(directory, options, terminal)));
}

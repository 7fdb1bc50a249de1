import type { Command } from 'commander';
import type { Terminal } from '../terminal/terminal.ts';
import type { SynthOptions } from './options.ts';
import { runSynth } from './run-synth.ts';
import { loadUserWorkloads } from './user-workloads.ts';

const examples = `
Examples:
  mesh-federation synth                              federation.yaml becomes dist/
  mesh-federation synth -f staging.yaml -o staging   another declaration, another directory
  mesh-federation synth --check --strict             for CI: fails if dist/ is stale, or on a warning
  mesh-federation synth --json | jq .problems        for machines`;

/** Adds `synth` to the command. `end` gets the exit code. */
export function addSynth(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  program
    .command('synth')
    .description('check a declaration, and write its output')
    .option('-f, --file <file>', 'the declaration (default: the environment variable FEDERATION, or federation.yaml)')
    .option('-o, --output <directory>', 'where the output goes (default: CDK8S_OUTDIR, or dist in the project)')
    .option('--workloads <module>', 'a module that exports workloads (default: constructs/workloads.ts, if it exists)')
    .option('--strict', 'fail on warnings, too')
    .option('--json', 'print problems, warnings and a summary as one JSON document on standard output')
    .option('--check', 'write nothing; fail if the output is stale')
    .option('--replace', 'replace the output of another federation, too')
    .addHelpText('after', examples)
    .action(({ workloads, ...options }: SynthOptions & { readonly workloads?: string }) =>
      end(runSynth(options, (project) => loadUserWorkloads(project, workloads), terminal)),
    );
}

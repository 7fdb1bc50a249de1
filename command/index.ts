import type { WorkloadConstructs } from '../constructs/index.ts';
import { runSynth } from './synth/run-synth.ts';
import { processTerminal } from './terminal/terminal.ts';

export * from '../constructs/index.ts';

/** Inputs of `synthesize`. */
export interface SynthesizeOptions {
  /** The declaration. @default - the environment variable FEDERATION, or federation.yaml */
  readonly file?: string;
  /** The directory of the output. @default - the environment variable CDK8S_OUTDIR, which cdk8s sets, or dist */
  readonly output?: string;
  /** Workloads of the declaration that are constructs. @default - none */
  readonly workloads?: WorkloadConstructs;
}

/**
 * Synthesizes a declaration, as the app of `cdk8s.yaml` does it. Prints a summary, or every mistake at once; a mistake
 * sets the exit code of the process to 1, and nothing is written.
 */
export function synthesize({ workloads = {}, ...options }: SynthesizeOptions = {}): void {
  const exitCode = runSynth(options, () => workloads, processTerminal());
  if (exitCode !== 0) process.exitCode = exitCode;
}

import { placesOf } from '../project/places.ts';
import { progressOn } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { renderJson } from './json-report.ts';
import type { SynthOptions } from './options.ts';
import { exitCodeOf } from './outcome.ts';
import { renderOutcome } from './report.ts';
import { synth, type WorkloadsOf } from './synth.ts';

/** Runs `mesh-federation synth`, reports on the terminal, and returns the exit code: 0, or 1 for a mistake in the input. */
export function runSynth(options: SynthOptions, workloadsOf: WorkloadsOf, terminal: Terminal): number {
  const { project } = placesOf(options);
  const outcome = synth(
    options,
    workloadsOf,
    progressOn(options.json ? { ...terminal, isInteractive: false } : terminal),
  );
  if (options.json) terminal.out(renderJson(outcome));
  else terminal.err(`${renderOutcome(outcome, project, terminal)}\n`);
  return exitCodeOf(outcome);
}

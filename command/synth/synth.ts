import {
  defineCharts,
  loadFederation,
  mendOutput,
  type Output,
  type Plan,
  type Problem,
  ProblemsError,
  planFederation,
  renderOutput,
  staleFiles,
  summarize,
  UserMistake,
  type WorkloadConstructs,
  writeOutput,
} from '../../constructs/index.ts';
import { type Places, placesOf } from '../project/places.ts';
import type { Progress } from '../terminal/progress.ts';
import type { SynthOptions } from './options.ts';
import type { Outcome } from './outcome.ts';

/** Gives the workloads of a project that are constructs. It may throw a `UserMistake`. */
export type WorkloadsOf = (project: string) => WorkloadConstructs;

/** A synth in memory. */
interface Synthesized {
  readonly plan: Plan;
  readonly output: Output;
  readonly warnings: readonly Problem[];
}

/** Synthesizes a declaration, and writes the output or compares it. A mistake of the user becomes an outcome. */
export function synth(options: SynthOptions, workloadsOf: WorkloadsOf, progress: Progress): Outcome {
  const places = placesOf(options);
  try {
    // Before anything else: a mistake in the declaration must not hide that the output is missing.
    if (!options.check) mendOutput(places.directory);
    const synthesized = synthesizeInMemory(places, workloadsOf, progress);
    const { warnings } = synthesized;
    if (options.strict && warnings.length > 0)
      return { kind: 'refused', file: places.declaration, problems: [], warnings };
    return options.check
      ? compare(synthesized, places.directory, progress)
      : write(synthesized, places.directory, options, progress);
  } catch (error) {
    if (error instanceof ProblemsError)
      return { kind: 'refused', file: error.file, problems: error.problems, warnings: [] };
    if (error instanceof UserMistake) return { kind: 'mistake', message: error.message };
    throw error;
  } finally {
    progress.end();
  }
}

function synthesizeInMemory(
  { declaration, project }: Places,
  workloadsOf: WorkloadsOf,
  progress: Progress,
): Synthesized {
  progress.begin(`reading ${declaration}`);
  const { federation, warnings } = loadFederation(declaration, workloadsOf(project));
  progress.begin(`planning ${federation.clusters.length} clusters`);
  const plan = planFederation(federation);
  progress.begin(`rendering ${plan.files.length} files`);
  return { plan, output: renderOutput(plan, defineCharts(plan)), warnings };
}

function write(
  { plan, output, warnings }: Synthesized,
  directory: string,
  { replace = false }: SynthOptions,
  progress: Progress,
): Outcome {
  progress.begin(`writing ${output.files.length} files`);
  writeOutput(directory, output, { replace });
  return { kind: 'written', summary: summarize(plan, output), warnings, directory };
}

function compare({ plan, output, warnings }: Synthesized, directory: string, progress: Progress): Outcome {
  progress.begin(`comparing ${output.files.length} files`);
  const stale = staleFiles(directory, output.files);
  const outcome = { summary: summarize(plan, output), warnings, directory };
  return stale.length === 0 ? { kind: 'current', ...outcome } : { kind: 'stale', ...outcome, stale };
}

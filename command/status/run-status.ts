import { UserMistake } from '../../constructs/index.ts';
import { type ClusterStatus, status } from '../../operations/status/status.ts';
import { type RunProgram, runProgram } from '../../operations/tools/run-program.ts';
import type { ClusterOptions } from '../project/cluster-options.ts';
import { type PlaceOptions, placesOf } from '../project/places.ts';
import { showPrompts } from '../terminal/confirm.ts';
import { harmless, harmlessJson } from '../terminal/harmless.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The words after `mesh-federation status`. */
export interface StatusWords extends PlaceOptions, ClusterOptions {
  readonly objects?: boolean;
  readonly json?: boolean;
}

/**
 * Runs `mesh-federation status`, and returns the exit code.
 *
 * @param program what runs the programs that it calls
 */
export async function runStatus(
  words: StatusWords,
  terminal: Terminal,
  program: RunProgram = runProgram,
): Promise<number> {
  try {
    const found = await status({
      directory: placesOf(words).directory,
      contexts: words.context,
      parallel: words.parallel,
      answerSeconds: words.requestTimeout,
      onPrompt: showPrompts(terminal),
      comparesObjects: words.objects ?? false,
      program,
    });
    if (words.json) terminal.out(`${harmlessJson(found)}\n`);
    else {
      for (const line of found.clusters.flatMap(linesOf)) terminal.out(`${harmless(line)}\n`);
      for (const { problem, fix } of found.problems) terminal.err(`${harmless(`error: ${problem}\n  fix: ${fix}`)}\n`);
    }
    if (found.problems.length > 0) return 1;
    return found.clusters.every(isAsPlanned) ? 0 : 3;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return 2;
  }
}

function linesOf({ cluster, uid, holder, ...state }: ClusterStatus): readonly string[] {
  const since = holder?.since ? ` since ${holder.since}` : '';
  return [
    `${cluster}  ${uid}`,
    `  ${appliedOf(state)}`,
    ...(holder === null ? [] : [`  ${holder.name} is at work${since}`]),
    ...state.otherFederations.map((name) => `  federation ${name} has a record here, too`),
    ...(state.differing ?? []).map((path) => `  ${path} differs`),
  ];
}

function appliedOf({
  applied,
  appliedUntil,
  lastWave,
}: Pick<ClusterStatus, 'applied' | 'appliedUntil' | 'lastWave'>): string {
  if (applied === 'none') return 'nothing was applied';
  if (applied === 'another output') return 'another output was applied, or a part of this one';
  return appliedUntil === lastWave ? 'this output was applied' : `this output was applied as far as ${appliedUntil}`;
}

function isAsPlanned({ applied, appliedUntil, lastWave, differing }: ClusterStatus): boolean {
  return applied === 'this output' && appliedUntil === lastWave && (differing ?? []).length === 0;
}

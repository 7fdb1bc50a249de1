import { join } from 'node:path';
import type { Synthesized } from '../environment.ts';
import { toolsFor } from './tools.ts';

/** The command of an output's script, with the clusters that stand for its own, and its environment. */
export function commandOf(output: Synthesized, options: readonly string[], script: string) {
  const { contexts, env } = toolsFor(output);
  const words = script === 'apply.sh' ? ['--yes', ...contexts] : contexts;
  return { command: [join(output.directory, script), ...words, ...options], env };
}

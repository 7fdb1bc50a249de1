import type { FuzzedCommand } from './commands.ts';
import { type FuzzRun, fuzz } from './fuzz-run.ts';
import type { Stage } from './scene.ts';

/** What a command does in an honest world. */
export interface Honest {
  readonly run: FuzzRun;
  /** What the plan and the records of this world claim: all that any command changes there, as `host Namespace/sample`. */
  readonly claimed: ReadonlySet<string>;
}

/** Runs commands without any mutation. */
export async function runHonestly(
  stage: Stage,
  commands: readonly FuzzedCommand[],
): Promise<ReadonlyMap<string, Honest>> {
  const claimed = new Set<string>();
  const found = new Map<string, Honest>();
  for (const command of commands) {
    const run = await fuzz(stage, command, { mutations: [], isJson: false, honestCalls: 1 });
    for (const change of run.changed) claimed.add(objectOf(change));
    found.set(command.name, { run, claimed });
  }
  return found;
}

/** The object of a change: `host Namespace/sample` of `host created Namespace/sample`. */
export function objectOf(change: string): string {
  const [context, , ...title] = change.split(' ');
  return `${context} ${title.join(' ')}`;
}

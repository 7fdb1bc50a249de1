import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PlanJson } from '../../constructs/delivery/tables/plan-json.ts';
import { groupBy } from '../../constructs/domain/group-by.ts';
import { UserMistake } from '../../constructs/index.ts';
import { lockPathOf } from '../../constructs/model/documents/lock-path.ts';
import { fromHere } from '../../constructs/model/problems/pages.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';
import { discover } from '../../operations/discover/discover.ts';
import { renderLock, writeLock } from '../../operations/discover/lock-file.ts';
import type { Observation } from '../../operations/discover/observe.ts';
import { readPlan } from '../../operations/plan/read-plan.ts';
import { type RunProgram, runProgram } from '../../operations/tools/run-program.ts';
import type { ClusterOptions } from '../project/cluster-options.ts';
import { type PlaceOptions, type Places, placesOf } from '../project/places.ts';
import { showPrompts } from '../terminal/confirm.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The words after `mesh-federation discover`. */
export interface DiscoverWords extends PlaceOptions, ClusterOptions {}

/**
 * Runs `mesh-federation discover`, and returns the exit code: 0, or 1 if a cluster does not tell its facts.
 *
 * @param program what runs the programs that it calls
 */
export async function runDiscover(
  { context, parallel, requestTimeout, ...options }: DiscoverWords,
  terminal: Terminal,
  program: RunProgram = runProgram,
): Promise<number> {
  const places = placesOf(options);
  try {
    const plan = readPlan(places.directory);
    refuseOtherDeclaration(plan, places);
    const reach = { parallel, answerSeconds: requestTimeout, onPrompt: showPrompts(terminal) };
    const observations = await discover(plan, { contexts: context, ...reach, program });
    const unknown = observations.filter((one) => one.kind === 'unknown');
    if (unknown.length > 0) throw new UserMistake(renderUnknown(unknown));
    const lock = lockPathOf(realDeclaration(places.declaration));
    writeLock(
      lock,
      renderLock(observations.flatMap((one) => (one.kind === 'facts' ? [[one.cluster.name, one.facts]] : []))),
    );
    for (const one of observations) terminal.err(noteOf(one, plan.federation));
    terminal.err(`wrote ${fromHere(lock)}: synthesize, review and commit it with the output\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    terminal.err(`${error.message}\n`);
    return 1;
  }
}

// Before any cluster is asked. The lock stands beside the declaration: it must not get the facts of another federation.
function refuseOtherDeclaration(plan: PlanJson, { declaration, project, directory }: Places): void {
  if (resolve(project, plan.declaration) === realDeclaration(declaration)) return;
  throw new UserMistake(
    `${directory} is the output of ${escapeInvisible(plan.declaration)}, not of ${declaration}: name its declaration with -f FILE, or another output with -o DIRECTORY`,
  );
}

// As synth does it, which reads the lock beside the file to which a link leads.
function realDeclaration(declaration: string): string {
  return existsSync(declaration) ? realpathSync(declaration) : resolve(declaration);
}

function renderUnknown(unknown: readonly Extract<Observation, { kind: 'unknown' }>[]): string {
  const lines = unknown.flatMap(({ cluster, reasons }) =>
    [...groupBy(reasons, ({ fix }) => fix)].flatMap(([fix, group]) => [
      ...group.map(({ text }) => `  ${cluster.name} ${text}`),
      `    fix: ${fix}`,
    ]),
  );
  const whose = unknown.length === 1 ? 'its' : 'their';
  return [`${unknown.length} of the clusters did not tell ${whose} facts; nothing was written`, ...lines].join('\n');
}

function noteOf(observation: Observation, federation: string): string {
  const { name, uid } = observation.cluster;
  if (observation.kind === 'left') return `${name} has left: it holds nothing of ${federation} any more\n`;
  if (observation.kind === 'facts' && uid !== null && uid !== observation.facts.uid)
    return `${name} is another cluster than before: its UID is ${observation.facts.uid}, and was ${uid}\n`;
  return '';
}

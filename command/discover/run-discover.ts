import { resolve } from 'node:path';
import { UserMistake } from '../../constructs/index.ts';
import { lockPathOf } from '../../constructs/model/documents/lock-path.ts';
import { type Discovered, discover } from '../../operations/discover/discover.ts';
import { renderLock, writeLock } from '../../operations/discover/lock-file.ts';
import type { Observation } from '../../operations/discover/observe.ts';
import { fromHere, type PlaceOptions, placesOf } from '../project/places.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The words after `mesh-federation discover`. */
export interface DiscoverWords extends PlaceOptions {
  /** Contexts by cluster. */
  readonly context: ReadonlyMap<string, string>;
  /** How many clusters are asked at a time. */
  readonly parallel: number;
  /** Seconds that a server has for an answer. */
  readonly requestTimeout: number;
}

/** Runs `mesh-federation discover`, and returns the exit code: 0, or 1 if a cluster does not tell its facts. */
export async function runDiscover(
  { context, parallel, requestTimeout, ...options }: DiscoverWords,
  terminal: Terminal,
): Promise<number> {
  const { declaration, project, directory } = placesOf(options);
  try {
    const discovered = await discover({ directory, contexts: context, parallel, answerSeconds: requestTimeout });
    refuseOtherDeclaration(discovered, declaration, project, directory);
    const unknown = discovered.observations.filter((one) => one.kind === 'unknown');
    if (unknown.length > 0) throw new UserMistake(renderUnknown(unknown));
    const lock = lockPathOf(resolve(declaration));
    writeLock(
      lock,
      renderLock(
        discovered.observations.flatMap((one) => (one.kind === 'facts' ? [[one.cluster.name, one.facts]] : [])),
      ),
    );
    for (const one of discovered.observations) terminal.err(noteOf(one, discovered.federation));
    terminal.err(`wrote ${fromHere(lock)}: synthesize, review and commit it with the output\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    terminal.err(`${error.message}\n`);
    return 1;
  }
}

// The lock stands beside the declaration: it must not get the facts of another federation.
function refuseOtherDeclaration(discovered: Discovered, declaration: string, project: string, directory: string): void {
  if (resolve(project, discovered.declaration) === resolve(declaration)) return;
  throw new UserMistake(
    `${directory} is the output of ${discovered.declaration}, not of ${declaration}: name its declaration with -f FILE, or another output with -o DIRECTORY`,
  );
}

function renderUnknown(unknown: readonly Extract<Observation, { kind: 'unknown' }>[]): string {
  const lines = unknown.flatMap(({ cluster, reasons }) => [
    ...reasons.map((reason) => `  ${cluster.name} ${reason}`),
    `    fix: correct the kubeconfig, or name another context: --context ${cluster.name}=CONTEXT`,
  ]);
  return [`${unknown.length} of the clusters did not tell their facts; nothing was written`, ...lines].join('\n');
}

function noteOf(observation: Observation, federation: string): string {
  const { name, uid } = observation.cluster;
  if (observation.kind === 'left') return `${name} has left: it holds nothing of ${federation} any more\n`;
  if (observation.kind === 'facts' && uid !== null && uid !== observation.facts.uid)
    return `${name} is another cluster than before: its UID is ${observation.facts.uid}, and was ${uid}\n`;
  return '';
}

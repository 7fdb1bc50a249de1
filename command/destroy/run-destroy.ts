import { destroy } from '../../operations/destroy/destroy.ts';
import type { DestroyOptions } from '../../operations/destroy/options.ts';
import type { ClusterOptions } from '../project/cluster-options.ts';
import { reportJson } from '../project/event-lines.ts';
import { holderName } from '../project/holder.ts';
import { type PlaceOptions, placesOf } from '../project/places.ts';
import { type Changing, runChanging } from '../project/run-changing.ts';
import { askLine, canAsk, showPrompts } from '../terminal/confirm.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { reportText } from './report.ts';

/** The words after `mesh-federation destroy`. */
export interface DestroyWords extends PlaceOptions, ClusterOptions {
  readonly dryRun?: boolean;
  readonly only: readonly string[];
  /** Seconds to wait for each condition. */
  readonly timeout: number;
  /** The name of the federation. */
  readonly yes?: string;
  readonly allowHttpCharts?: boolean;
  readonly events?: boolean;
  readonly log?: string;
}

/** Runs `mesh-federation destroy`, and returns the exit code. */
export function runDestroy(words: DestroyWords, terminal: Terminal): Promise<number> {
  return runChanging(words, terminal, (changing) => destroy(optionsOf(words, terminal, changing)));
}

function optionsOf(words: DestroyWords, terminal: Terminal, parts: Changing): DestroyOptions {
  const isAsking = words.yes === undefined && canAsk();
  return {
    ...parts,
    report: words.events ? reportJson(terminal) : reportText(terminal),
    directory: placesOf(words).directory,
    isDryRun: words.dryRun ?? false,
    only: words.only,
    contexts: words.context,
    typedName: words.yes ?? null,
    askForName: isAsking ? askForName : null,
    allowHttpCharts: words.allowHttpCharts ?? false,
    timeoutSeconds: words.timeout,
    pollMilliseconds: 2000,
    parallel: words.parallel,
    answerSeconds: words.requestTimeout,
    holder: holderName(),
    now: () => performance.now(),
    onPrompt: showPrompts(terminal),
  };
}

const askForName: NonNullable<DestroyOptions['askForName']> = (federation, clusters) => {
  const names = clusters.map(({ cluster }) => cluster).join(', ');
  return askLine(`this removes ${federation} from ${names}; type the name of the federation to continue: `);
};

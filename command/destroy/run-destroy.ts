import { hostname, userInfo } from 'node:os';
import { UserMistake } from '../../constructs/index.ts';
import { exitCodes } from '../../operations/apply/exit-codes.ts';
import { destroy } from '../../operations/destroy/destroy.ts';
import type { DestroyOptions } from '../../operations/destroy/options.ts';
import { runProgram } from '../../operations/tools/run-program.ts';
import { stoppingGently } from '../../operations/tools/running-programs.ts';
import { makeStop } from '../../operations/tools/stop.ts';
import type { ClusterOptions } from '../project/cluster-options.ts';
import { type PlaceOptions, placesOf } from '../project/places.ts';
import { openLog, type ProgramLog } from '../project/program-log.ts';
import { askLine, canAsk, showPrompts } from '../terminal/confirm.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { reportJson, reportText } from './report.ts';

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
export async function runDestroy(words: DestroyWords, terminal: Terminal): Promise<number> {
  const stop = makeStop();
  const say = (): void => terminal.err('interrupted: running steps finish; interrupt again to end them\n');
  let log: ProgramLog | null = null;
  try {
    if (words.log !== undefined) log = openLog(words.log, runProgram);
    const options = optionsOf(words, terminal, { stop, program: log?.program ?? runProgram });
    return await stoppingGently(stop, say, () => destroy(options));
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    terminal.err(`error: ${error.message}\n`);
    return exitCodes.wrongUse;
  } finally {
    log?.close();
  }
}

function optionsOf(
  words: DestroyWords,
  terminal: Terminal,
  parts: Pick<DestroyOptions, 'stop' | 'program'>,
): DestroyOptions {
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
    holder: `${userInfo().username}@${hostname()}`,
    onPrompt: showPrompts(terminal),
  };
}

const askForName: NonNullable<DestroyOptions['askForName']> = (federation, clusters) => {
  const names = clusters.map(({ cluster }) => cluster).join(', ');
  return askLine(`this removes ${federation} from ${names}; type the name of the federation to continue: `);
};

import { UserMistake } from '../../constructs/index.ts';
import { apply } from '../../operations/apply/apply.ts';
import type { Report } from '../../operations/apply/events.ts';
import type { ApplyOptions } from '../../operations/apply/options.ts';
import type { ClusterOptions } from '../project/cluster-options.ts';
import { reportJson } from '../project/event-lines.ts';
import { holderName } from '../project/holder.ts';
import { type PlaceOptions, placesOf } from '../project/places.ts';
import { type Changing, runChanging } from '../project/run-changing.ts';
import { askLine, canAsk, showPrompts } from '../terminal/confirm.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { reportText } from './report.ts';

/** The words after `mesh-federation apply`. */
export interface ApplyWords extends PlaceOptions, ClusterOptions {
  readonly dryRun?: boolean;
  readonly diff?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly only: readonly string[];
  readonly canary?: string;
  /** UIDs by cluster. */
  readonly expect: ReadonlyMap<string, string>;
  readonly cacerts?: string;
  /** Seconds to wait for each condition. */
  readonly timeout: number;
  /** Seconds for the whole run. */
  readonly deadline?: number;
  readonly prune?: boolean;
  readonly forceConflicts?: boolean;
  readonly allowHttpCharts?: boolean;
  readonly renamedFrom?: string;
  readonly yes?: boolean;
  readonly events?: boolean;
  readonly log?: string;
}

/**
 * Runs `mesh-federation apply`, and returns the exit code.
 *
 * @param goOn the command with which a further run goes on at a wave
 */
export async function runApply(words: ApplyWords, terminal: Terminal, goOn: (wave: string) => string): Promise<number> {
  const report = words.events ? reportJson(terminal) : reportText(terminal, goOn);
  const act = (changing: Changing): Promise<number> =>
    apply(optionsOf(words, { ...changing, report, onPrompt: showPrompts(terminal) }));
  return runChanging(words, terminal, act, () => refuseContradictions(words));
}

function refuseContradictions({ dryRun, diff, yes }: ApplyWords): void {
  if (dryRun && diff) throw new UserMistake('--dry-run and --diff are two ways of changing nothing: choose one');
  if (!dryRun && !diff && !yes && !canAsk())
    throw new UserMistake('cannot ask for confirmation: standard input is not a terminal; add --yes');
}

interface Parts extends Changing {
  readonly report: Report;
  readonly onPrompt: ApplyOptions['onPrompt'];
}

function optionsOf(words: ApplyWords, parts: Parts): ApplyOptions {
  return {
    ...parts,
    directory: placesOf(words).directory,
    mode: words.dryRun ? 'dry-run' : words.diff ? 'diff' : 'apply',
    from: words.from ?? null,
    to: words.to ?? null,
    only: words.only,
    canary: words.canary ?? null,
    contexts: words.context,
    expected: words.expect,
    cacertsDirectory: words.cacerts ?? null,
    timeoutSeconds: words.timeout,
    deadlineSeconds: words.deadline ?? null,
    prunes: words.prune ?? false,
    forceConflicts: words.forceConflicts ?? false,
    allowHttpCharts: words.allowHttpCharts ?? false,
    renamedFrom: words.renamedFrom ?? null,
    parallel: words.parallel,
    answerSeconds: words.requestTimeout,
    pollMilliseconds: 2000,
    now: () => performance.now(),
    holder: holderName(),
    confirm: words.yes ? null : confirm,
  };
}

const confirm: NonNullable<ApplyOptions['confirm']> = async (clusters) => {
  const steps = clusters.reduce((sum, { steps }) => sum + steps.length, 0);
  const answer = await askLine(`take ${steps} steps in ${clusters.length} clusters? [y/N] `);
  return answer === 'y' || answer === 'Y';
};

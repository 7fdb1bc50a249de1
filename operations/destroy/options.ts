import type { ClusterSummary, Report } from '../apply/events.ts';
import type { RunProgram } from '../tools/run-program.ts';
import type { Stop } from '../tools/stop.ts';

/** Inputs of `destroy`. */
export interface DestroyOptions {
  /** The output whose federation is removed. */
  readonly directory: string;
  /** Whether everything is only listed. */
  readonly isDryRun: boolean;
  /** The clusters to remove. Empty: all. */
  readonly only: readonly string[];
  /** Contexts in place of those of the plan, by cluster. */
  readonly contexts: ReadonlyMap<string, string>;
  /** The name of the federation as the user has given it, or null. */
  readonly typedName: string | null;
  /** Asks for the name of the federation. Null: nobody can be asked. */
  readonly askForName: ((federation: string, clusters: readonly ClusterSummary[]) => Promise<string>) | null;
  /** Whether a chart repository of the plan may be reached without TLS. */
  readonly allowHttpCharts: boolean;
  /** How long to wait for each condition. */
  readonly timeoutSeconds: number;
  readonly pollMilliseconds: number;
  /** How many clusters at a time. */
  readonly parallel: number;
  /** How long a server may take for an answer. */
  readonly answerSeconds: number;
  /** Who runs this, as others read it in the Leases. */
  readonly holder: string;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  readonly program: RunProgram;
  readonly stop: Stop;
  readonly report: Report;
  /** Hears what a credential plugin asks. Null: nobody can answer. */
  readonly onPrompt: ((text: string) => void) | null;
}

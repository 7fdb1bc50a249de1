import type { Settings } from '../run/run.ts';
import type { RunProgram } from '../tools/run-program.ts';
import type { Stop } from '../tools/stop.ts';
import type { ClusterSummary, Report } from './events.ts';
import type { Selection } from './select-steps.ts';

/** Inputs of `apply`. */
export interface ApplyOptions extends Selection, Omit<Settings, 'cacerts'> {
  /** The output that is applied. */
  readonly directory: string;
  readonly mode: 'apply' | 'dry-run' | 'diff';
  /** Contexts in place of those of the plan, by cluster. */
  readonly contexts: ReadonlyMap<string, string>;
  /** UIDs that clusters must have, by cluster. */
  readonly expected: ReadonlyMap<string, string>;
  /** A directory with one directory of certificates for each cluster, or null. */
  readonly cacertsDirectory: string | null;
  /** Whether objects that an earlier output has applied, and this one no longer has, are deleted. */
  readonly prunes: boolean;
  /** The federation had this name before, or null. */
  readonly renamedFrom: string | null;
  /** How long the whole run may take. Null: as long as its steps. */
  readonly deadlineSeconds: number | null;
  /** How long a server may take for an answer. */
  readonly answerSeconds: number;
  /** Who runs this, as others read it in the Leases. */
  readonly holder: string;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Asks whether to go on. Null: nobody is asked. */
  readonly confirm: ((clusters: readonly ClusterSummary[]) => Promise<boolean>) | null;
  /** Hears what a credential plugin asks. Null: nobody can answer. */
  readonly onPrompt: ((text: string) => void) | null;
  readonly program: RunProgram;
  readonly stop: Stop;
  readonly report: Report;
}

import type { Step } from '../../constructs/plan/steps/step.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Output } from '../plan/output.ts';
import type { RunProgram } from '../tools/run-program.ts';
import type { Stop } from '../tools/stop.ts';
import type { Cacerts } from './cacerts.ts';

/** Inputs of everything that a run does: the checks before it, its steps and their gates. */
export interface Run {
  readonly output: Output;
  /** The steps that this run takes, in the order of the plan. */
  readonly steps: readonly Step[];
  /** Every API server of the plan, whether this run has steps for it or not: an address may be read from any. */
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly mode: 'apply' | 'dry-run' | 'diff';
  readonly settings: Settings;
  /** Runs istioctl, helm and kubefedctl. kubectl is behind `Cluster`. */
  readonly program: RunProgram;
  readonly stop: Stop;
}

/** What the user has asked for. */
export interface Settings {
  /** How long to wait for each condition. */
  readonly timeoutSeconds: number;
  /** Between two questions of a gate. */
  readonly pollMilliseconds: number;
  /** How many clusters at a time. */
  readonly parallel: number;
  /** Whether fields that somebody else has set to other values are taken over. */
  readonly forceConflicts: boolean;
  /** The certificates from which Secrets cacerts are made, by cluster. Null: the Secrets must exist. */
  readonly cacerts: ReadonlyMap<string, Cacerts> | null;
  /** Whether a chart repository may be reached without TLS. */
  readonly allowHttpCharts: boolean;
}

/** Prints a line of what happens in a cluster. The lines of one cluster stay together. The text need not be harmless yet. */
export type Tell = (line: string) => void;

import type { Target } from '../model/federation.ts';
import type { Gate, WaveName } from './waves.ts';

/** What a script does in a step. The set is closed: docs/output.md says what each takes and does. */
export type Action =
  | 'none'
  | 'install-engine'
  | 'join'
  | 'apply'
  | 'istioctl-install'
  | 'helm-upgrade'
  | 'federated-cacerts'
  | 'remote-secret'
  | 'remote-secret-gone';

/** One row of `plan.tsv`. */
export interface Step {
  readonly wave: WaveName;
  readonly cluster: Target;
  readonly action: Action;
  /** File or directory relative to `dist/`, or null. */
  readonly path: string | null;
  /** What to wait for after the step, or null. */
  readonly wait: Gate | null;
  readonly args: readonly string[];
}

import type { Problem, StaleFile, Summary } from '../../constructs/index.ts';

/** How a synth ended. */
export type Outcome =
  | {
      /** The output was written, or `--check` found it as it should be. */
      readonly kind: 'written' | 'current';
      readonly summary: Summary;
      readonly warnings: readonly Problem[];
      readonly directory: string;
    }
  | {
      /** `--check` found differences. */
      readonly kind: 'stale';
      readonly summary: Summary;
      readonly warnings: readonly Problem[];
      readonly directory: string;
      readonly stale: readonly StaleFile[];
    }
  | {
      /** Mistakes in the input; with `--strict` also warnings. */
      readonly kind: 'refused';
      readonly file: string;
      readonly problems: readonly Problem[];
      readonly warnings: readonly Problem[];
    }
  | {
      /** A mistake that is in no file, for example an output that may not be replaced. */
      readonly kind: 'mistake';
      readonly message: string;
    };

/** 0: all is well. 1: a mistake in the input, or a stale output. Wrong use is 2, and never comes this far. */
export function exitCodeOf({ kind }: Outcome): 0 | 1 {
  return kind === 'written' || kind === 'current' ? 0 : 1;
}

import type { PlaceOptions } from '../project/places.ts';

/** The words after `mesh-federation synth`. */
export interface SynthOptions extends PlaceOptions {
  /** Whether warnings count as mistakes. */
  readonly strict?: boolean;
  /** Whether to print one JSON document in place of text. */
  readonly json?: boolean;
  /** Whether to compare the output with the directory, and to write nothing. */
  readonly check?: boolean;
  /** Whether the output of another federation may be replaced. */
  readonly replace?: boolean;
}

import type { Terminal } from './terminal.ts';

/** Shows the current stage to a waiting person. */
export interface Progress {
  readonly begin: (stage: string) => void;
  /** Removes the line that `begin` has shown. */
  readonly end: () => void;
}

const clearLine = '\r\u001b[K';

/**
 * Shows the current stage on one line that the next stage replaces, on interactive terminals only. A stage cannot be
 * interrupted, so its line is there from its beginning; a person sees it only if the stage takes a while.
 */
export function progressOn({ isInteractive, err }: Terminal): Progress {
  if (!isInteractive) return { begin: () => {}, end: () => {} };
  return { begin: (stage) => err(`${clearLine}${printableStage(stage)} ...`), end: () => err(clearLine) };
}

// A path may have any character.
function printableStage(stage: string): string {
  return stage.replace(/\p{C}/gu, '?');
}

/** The streams of the command and what they can show. Tests put their own in place. */
export interface Terminal {
  /** Prints to standard output. */
  readonly out: (text: string) => void;
  /** Prints to standard error. */
  readonly err: (text: string) => void;
  /** Whether a person sees standard error: lines may be replaced. */
  readonly isInteractive: boolean;
  readonly hasColours: boolean;
}

/** The terminal of this process. NO_COLOR with any value takes the colours away (no-color.org). */
export function processTerminal(): Terminal {
  const isInteractive = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isInteractive,
    hasColours: isInteractive && !process.env.NO_COLOR,
  };
}

/** A text in bold, where the terminal has colours. */
export function bold({ hasColours }: Terminal, text: string): string {
  return hasColours ? `\u001b[1m${text}\u001b[22m` : text;
}

/** A text in red, where the terminal has colours. */
export function red({ hasColours }: Terminal, text: string): string {
  return hasColours ? `\u001b[31m${text}\u001b[39m` : text;
}

import { createInterface } from 'node:readline/promises';
import { harmless } from './harmless.ts';
import type { Terminal } from './terminal.ts';

/** Asks on the terminal, and returns the answer without blanks around it. An end of the input is no answer. */
export async function askLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    return (await Promise.race([lines.question(question), ended])).trim();
  } finally {
    lines.close();
  }
}

/** Whether somebody can answer. */
export const canAsk = (): boolean => process.stdin.isTTY === true;

/** Shows what a credential plugin asks, as text that the terminal does not obey. Null if nobody can answer. */
export function showPrompts(terminal: Terminal): ((text: string) => void) | null {
  return canAsk() ? (text) => terminal.err(harmless(text)) : null;
}

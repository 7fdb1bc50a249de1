import { StatusError } from '../api/status-error.ts';

/** What a program prints, and its exit code. */
export interface Said {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

/** A program that ends well. */
export const saying = (out: string): Said => ({ out, err: '', exitCode: 0 });

/** A program that fails with a message. */
export const failing = (err: string, exitCode = 1): Said => ({ out: '', err: `${err}\n`, exitCode });

/** A message of kubectl itself, and not of a server. */
export class ProgramError extends Error {}

/** An error as kubectl prints it. */
export function messageOf(error: unknown): string {
  if (error instanceof ProgramError) return error.message;
  if (!(error instanceof StatusError)) throw error;
  if (error.reason === 'Invalid') return `The ${error.message}`;
  return `Error from server${error.reason === '' ? '' : ` (${error.reason})`}: ${error.message}`;
}

/** Errors as kubectl prints them: of several, its own have no `error: ` before them. */
export function textOfErrors(errors: readonly string[]): string {
  const shown = errors.length === 1 ? errors : errors.map((text) => text.replace(/^error: /, ''));
  return shown.map((text) => `${text}\n`).join('');
}

/** Does something for each item; what fails is said at the end, and does not keep the others. */
export function forEach<T>(items: readonly T[], act: (item: T) => string): Said {
  const [out, errors]: [string[], string[]] = [[], []];
  for (const item of items) {
    try {
      out.push(act(item));
    } catch (error) {
      errors.push(messageOf(error));
    }
  }
  return { out: out.join(''), err: textOfErrors(errors), exitCode: errors.length === 0 ? 0 : 1 };
}

import type { z } from 'zod';
import { parseJson } from '../../constructs/domain/json/parse-json.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';
import type { ProgramResult } from '../tools/run-program.ts';

/** An answer of a server: what was asked for, nothing, or the reason why there is none. */
export type Answer<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /** How to mend it. @default - the advice about questions that a server does not answer */
      readonly fix?: string;
    };

/** Makes another value of a found one. The others stay as they are. */
export function mapAnswer<T, R>(answer: Answer<T>, change: (value: T) => R): Answer<R> {
  return answer.kind === 'found' ? { kind: 'found', value: change(answer.value) } : answer;
}

/** Reads what kubectl has printed as text. Empty text is a text. */
export function readText(result: ProgramResult): Answer<string> {
  if (result.kind !== 'ended') return { kind: 'failed', reason: reasonOf(result) };
  if (result.exitCode !== 0) return { kind: 'failed', reason: lastLineOf(result.stderr) };
  return { kind: 'found', value: result.stdout };
}

/** Reads what kubectl has printed as JSON of a form. No text is no object. */
export function readJson<T>(result: ProgramResult, schema: z.ZodType<T>): Answer<T> {
  const text = readText(result);
  if (text.kind !== 'found') return text;
  return text.value.trim() === '' ? { kind: 'absent' } : parseAnswer(text.value, schema);
}

/** Reads a text of another machine as JSON of a form. */
export function parseAnswer<T>(text: string, schema: z.ZodType<T>): Answer<T> {
  const { success, data } = schema.safeParse(parseJson(text));
  return success ? { kind: 'found', value: data } : anotherForm;
}

/** An answer that cannot be used. */
export const anotherForm = { kind: 'failed', reason: 'its answer has another form' } as const;

function reasonOf(result: Exclude<ProgramResult, { kind: 'ended' }>): string {
  switch (result.kind) {
    case 'timed-out':
      return 'it takes too long';
    case 'too-long':
      return 'its answer is too long';
    case 'not-started':
      return `kubectl does not run: ${escapeInvisible(result.reason)}`;
  }
}

// Warnings come first, the error last. Below the error of a program in a pod, kubectl only tells its exit code.
function lastLineOf(text: string): string {
  const lines = text.trim().split('\n');
  const error = lines.filter((line) => !line.startsWith('command terminated with exit code')).at(-1) ?? lines[0] ?? '';
  return escapeInvisible(error === '' ? 'kubectl failed without a message' : error).slice(0, 500);
}

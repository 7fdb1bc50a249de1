import { escapeInvisible } from '../../constructs/model/problems/printable.ts';

/** Something that is not as it should be, and what to do about it. */
export interface Problem {
  readonly problem: string;
  readonly fix: string;
}

/** A text of another machine as a part of a message. */
export function shown(text: string): string {
  return text === '' ? "''" : escapeInvisible(text).slice(0, 120);
}

import type { ErrorCode } from 'yaml';

/** What makes a text unfit to be read as YAML, at an offset in the text. It never leaves `parseYaml`. */
export class SourceFault extends Error {
  readonly offset: number;
  readonly advice: { readonly expected: string; readonly fix: string } | null;

  /** The parser's code of the error, if it needs words. */
  readonly code: ErrorCode | null;

  constructor(offset: number, message: string, advice: SourceFault['advice'] = null, code: ErrorCode | null = null) {
    super(message);
    this.offset = offset;
    this.advice = advice;
    this.code = code;
  }
}

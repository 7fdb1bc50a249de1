import fc from 'fast-check';
import type { ProgramResult } from '../../../operations/tools/run-program.ts';
import { type Edit, edits, editText } from './edit-text.ts';
import { hostileText } from './hostile-values.ts';

/** One thing that is not as an honest world has it. */
export type Mutation = OutputMutation | ObjectMutation | AnswerMutation;

/** A file of the output. */
export interface OutputMutation {
  readonly in: 'output';
  readonly file: number;
  readonly edit: Edit;
  /** Whether everything that is compared with the file is made anew, so that the run goes on. */
  readonly isSummedUp: boolean;
}

/** A record, or the Lease, in a cluster. */
export interface ObjectMutation {
  readonly in: 'object';
  readonly cluster: number;
  readonly object: number;
  readonly edit: Edit;
}

/** The answer to a call. */
export interface AnswerMutation {
  readonly in: 'answer';
  readonly call: number;
  /** Whether only this call gets it, or each one with the same words, or each one from there on. */
  readonly scope: 'once' | 'alike' | 'after';
  /** Whether the server does what it is asked for, besides. */
  readonly isDone: boolean;
  readonly answer: (honest: ProgramResult) => ProgramResult;
}

const ended = (stdout: string, exitCode = 0, stderr = ''): ProgramResult => ({
  kind: 'ended',
  exitCode,
  stdout,
  stderr,
});
const deep = (open: string, count: number): string => open.repeat(count);

// Whole answers. Each is made only when it is used.
const whole: fc.Arbitrary<() => ProgramResult> = fc.oneof(
  hostileText.map((text) => () => ended(text)),
  hostileText.map((text) => () => ended(JSON.stringify(text))),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => () => ended(Buffer.from(bytes).toString('utf8'))),
  fc.constantFrom(
    () => ended('a '.repeat(500_000)),
    () => ended('x'.repeat(1_000_000)),
    () => ended('a\n'.repeat(500_000)),
    () => ended('', 1, '\u001b[2J\n'.repeat(100_000)),
    () => ended(deep('[', 100_000)),
    () => ended(deep('{"a":', 100_000)),
    () => ended('{}'),
    () => ended('[]'),
    () => ended('null'),
    () => ended('{"items":[null]}'),
    () => ended('{"kind":"List","apiVersion":"v1","items":{"a":1}}'),
  ),
  fc.constantFrom<ProgramResult>({ kind: 'timed-out' }, { kind: 'too-long' }).map((result) => () => result),
  hostileText.map((reason) => (): ProgramResult => ({ kind: 'not-started', reason })),
  fc.tuple(hostileText, hostileText, fc.constantFrom(0, 1, 2, 127, 137, 255)).map(
    ([stdout, stderr, exitCode]) =>
      () =>
        ended(stdout, exitCode, stderr),
  ),
  fc.tuple(fc.constantFrom('AlreadyExists', 'Conflict', 'NotFound', 'Forbidden', 'Invalid'), hostileText).map(
    ([reason, text]) =>
      () =>
        ended('', 1, `Error from server (${reason}): ${text}\n`),
  ),
);

// The honest answer, with one thing changed.
const edited: fc.Arbitrary<AnswerMutation['answer']> = fc.oneof(
  {
    weight: 6,
    arbitrary: edits.map((edit) => (honest: ProgramResult) => withText(honest, (text) => editText(text, edit))),
  },
  {
    weight: 1,
    arbitrary: fc
      .nat()
      .map((at) => (honest: ProgramResult) => withText(honest, (text) => text.slice(0, at % (text.length + 1)))),
  },
  {
    weight: 1,
    arbitrary: hostileText.map(
      (stderr) => (honest: ProgramResult) => (honest.kind === 'ended' ? { ...honest, stderr } : honest),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(1, 2, 137)
      .map((exitCode) => (honest: ProgramResult) => (honest.kind === 'ended' ? { ...honest, exitCode } : honest)),
  },
);

function withText(result: ProgramResult, change: (text: string) => string): ProgramResult {
  return result.kind === 'ended' ? { ...result, stdout: change(result.stdout) } : result;
}

const ofAnswers: fc.Arbitrary<AnswerMutation> = fc.record({
  in: fc.constant('answer'),
  call: fc.nat(),
  scope: fc.constantFrom('once', 'once', 'alike', 'after'),
  isDone: fc.boolean(),
  answer: fc.oneof(
    edited,
    whole.map((make) => () => make()),
  ),
});
const ofOutputs: fc.Arbitrary<OutputMutation> = fc.record({
  in: fc.constant('output'),
  file: fc.nat(),
  edit: edits,
  isSummedUp: fc.constantFrom(true, true, true, false),
});
const ofObjects: fc.Arbitrary<ObjectMutation> = fc.record({
  in: fc.constant('object'),
  cluster: fc.nat(),
  object: fc.nat(),
  edit: edits,
});

/** One mutation, sometimes two. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: ofAnswers },
    { weight: 3, arbitrary: ofOutputs },
    { weight: 3, arbitrary: ofObjects },
  ),
  { minLength: 1, maxLength: 2, size: 'max' },
);

import type { ProgramResult } from '../../../operations/tools/run-program.ts';
import type { ServerCall } from './calls.ts';

/** What happens to a call besides the ordinary. */
export type Interruption =
  /** The machine of the caller stops: the call, and every further one of that life, never ends. */
  | { readonly kind: 'dies'; readonly when: 'before' | 'after' }
  /** The caller gets another answer. */
  | { readonly kind: 'answers'; readonly result: ProgramResult; readonly isDone: boolean }
  /** It takes simulated time; a call that takes longer than it may is ended. */
  | { readonly kind: 'takes'; readonly milliseconds: number; readonly isDone: boolean }
  /** Something else happens before it: another person changes the servers. */
  | { readonly kind: 'comes-after'; readonly act: () => void };

/** Decides what happens to a call; undefined for nothing. */
export type OnCall = (index: number, call: ServerCall) => Interruption | undefined;

/** The machine stops before or after a call takes effect. */
export const dies = (when: 'before' | 'after'): Interruption => ({ kind: 'dies', when });

/** The program fails with a text on standard error, and without any effect. */
export function fails(stderr: string, exitCode = 1): Interruption {
  return { kind: 'answers', result: { kind: 'ended', exitCode, stdout: '', stderr: `${stderr}\n` }, isDone: false };
}

/** The program prints another text than the server's, and says that all is well. */
export function prints(stdout: string, { isDone = true, stderr = '', exitCode = 0 } = {}): Interruption {
  return { kind: 'answers', result: { kind: 'ended', exitCode, stdout, stderr }, isDone };
}

/** The program never ends by itself. */
export const never = (isDone = false): Interruption => ({ kind: 'answers', result: { kind: 'timed-out' }, isDone });

/** The answer has no end. */
export const tooMuch = (isDone = false): Interruption => ({ kind: 'answers', result: { kind: 'too-long' }, isDone });

/** The program is not installed. */
export function notInstalled(program: string): Interruption {
  return { kind: 'answers', result: { kind: 'not-started', reason: `spawn ${program} ENOENT` }, isDone: false };
}

/** The server has too much to do, and says when to come again. */
export const tooManyRequests = (): Interruption =>
  fails(
    'Error from server (TooManyRequests): the server has received too many requests and has asked us to try again later',
  );

/** The token has expired. */
export const expiredToken = (): Interruption => fails('error: You must be logged in to the server (Unauthorized)');

/** Nobody listens at the address of the server. */
export const refusedConnection = (address = '203.0.113.20:6443'): Interruption =>
  fails(`The connection to the server ${address} was refused - did you specify the right host or port?`);

import type { Answer } from './answer.ts';

/** Why a condition does not hold yet: the server's reason, or the one found in its answer; null if it holds. */
export function waitingFor<T>(answer: Answer<T>, judge: (value: T) => string | null): string | null {
  switch (answer.kind) {
    case 'found':
      return judge(answer.value);
    case 'absent':
      return 'there is nothing';
    case 'failed':
      return answer.reason;
  }
}

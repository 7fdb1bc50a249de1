import { relative } from 'node:path';
import { UserMistake } from '../../constructs/index.ts';
import { escapeInvisible } from '../../constructs/model/problems/printable.ts';

/**
 * Runs code of the user's. An error of it becomes a `UserMistake` with the place in the user's own files.
 *
 * @param project the directory of the project
 * @param what has failed, in words
 */
export function attemptUserCode<T>(project: string, what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof UserMistake) throw error;
    throw new UserMistake(describe(project, what, error));
  }
}

function describe(project: string, what: string, error: unknown): string {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const place = placeOf(project, stack);
  return [
    `${what}`,
    ...message.split('\n').map((line) => `  got       ${escapeInvisible(line)}`),
    ...(place === null ? [] : [`  place     ${escapeInvisible(place)}`]),
    '  fix       correct this code; tsc names mistakes in types: npx tsc',
  ].join('\n');
}

// The first frame in a file of the project that is not a library.
function placeOf(project: string, stack: string): string | null {
  const places = [...stack.matchAll(/\(?(?:file:\/\/)?(\/[^()\n]*?):(\d+):(\d+)\)?$/gm)];
  const own = places.find(([, file = '']) => file.startsWith(`${project}/`) && !file.includes('/node_modules/'));
  return own === undefined ? null : `${relative(project, own[1] ?? '')}:${own[2]}:${own[3]}`;
}

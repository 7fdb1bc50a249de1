import { existsSync, lstatSync } from 'node:fs';
import { relative } from 'node:path';
import { escapeInvisible } from '../../model/problems/printable.ts';
import { UserMistake } from '../../model/problems/problem.ts';
import { foreignFiles } from './foreign-files.ts';
import { type OutputOwner, readOutputList } from './output-list.ts';
import { makeIsOwn } from './own-file.ts';

/** The number of foreign files that a refusal names. */
const namedFiles = 10;

/**
 * Refuses to replace a directory that holds anything but the former output of the same federation.
 *
 * @param target real path of the directory; it need not exist
 * @param isReplacing whether the output of another federation may be replaced, too
 * @throws UserMistake that names what the directory holds, and the way out
 */
export function refuseForeign(target: string, owner: OutputOwner, isReplacing: boolean): void {
  refuseWorkingDirectory(target);
  if (!existsSync(target)) return;
  if (!lstatSync(target).isDirectory()) throw new UserMistake(`the output cannot replace ${target}: it is a file`);
  const list = readOutputList(target);
  const foreign = foreignFiles(target, list?.files ?? [], makeIsOwn(target, owner));
  if (foreign.length > 0) throw new UserMistake(renderForeign(target, foreign, list !== null));
  if (list !== null && !isReplacing) refuseOtherOwner(target, list, owner);
}

// Otherwise `--output .` would delete the user's project.
function refuseWorkingDirectory(target: string): void {
  const toHere = relative(target, process.cwd());
  if (!toHere.startsWith('..'))
    throw new UserMistake(`the output cannot replace ${target}: it contains the working directory`);
}

function renderForeign(target: string, foreign: readonly string[], hasList: boolean): string {
  const named = foreign.slice(0, namedFiles).map((path) => `  ${escapeInvisible(path)}`);
  const others = foreign.length - named.length;
  return [
    `the output cannot replace ${target}: it holds files that are not of an output (${hasList ? 'output.json does not list them' : 'no output.json that can be read'})`,
    ...named,
    ...(others === 0 ? [] : [`  and ${others} more`]),
    hasList
      ? 'move them away, or write to another directory; nothing was written'
      : 'if it is an output all the same, put its output.json back or delete it; otherwise write to another directory; nothing was written',
  ].join('\n');
}

function refuseOtherOwner(target: string, former: OutputOwner, owner: OutputOwner): void {
  if (former.federation === owner.federation && former.declaration === owner.declaration) return;
  throw new UserMistake(
    [
      `the output cannot replace ${target}: it is the output of another federation`,
      `  got       ${describeOwner(former)}`,
      `  expected  ${describeOwner(owner)}`,
      '  fix       write to another directory with -o DIRECTORY, or replace this one with --replace',
    ].join('\n'),
  );
}

function describeOwner({ federation, declaration }: OutputOwner): string {
  return escapeInvisible(`${federation} of ${declaration}`);
}

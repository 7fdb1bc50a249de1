import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { escapeInvisible } from '../../model/problems/printable.ts';
import { startOfGenerated } from '../yaml.ts';
import type { OutputOwner } from './output-list.ts';

/**
 * Tells of a file that output.json does not list whether a synth of this federation has written it. A former one may have:
 * for example if `git checkout` put output.json back, and the files of a new cluster stayed.
 */
export function makeIsOwn(directory: string, owner: OutputOwner): (path: string) => boolean {
  const header = `# ${escapeInvisible(startOfGenerated(owner.declaration))}`;
  return (path) => {
    const file = join(directory, path);
    if (path.endsWith('.yaml')) return startOf(file, Buffer.byteLength(header)) === header;
    return path.endsWith('/inventory.json') && isInventoryOf(owner, readFileSync(file, 'utf8'));
  };
}

function startOf(file: string, bytes: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(bytes);
    return start.toString('utf8', 0, readSync(descriptor, start));
  } finally {
    closeSync(descriptor);
  }
}

function isInventoryOf(owner: OutputOwner, text: string): boolean {
  try {
    const { federation, declaration } = JSON.parse(text) as Partial<OutputOwner>;
    return federation === owner.federation && declaration === owner.declaration;
  } catch {
    return false;
  }
}

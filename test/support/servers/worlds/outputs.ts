import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { synthesize } from '../../project.ts';

/** Writes the output of a declaration into a directory. */
export function synthesizeTo(directory: string, declaration: string): void {
  for (const [path, content] of Object.entries(synthesize(declaration))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

/** The directory of the output of a declaration, until the test ends. */
export function outputOf(declaration: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-output-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  synthesizeTo(directory, declaration);
  return directory;
}

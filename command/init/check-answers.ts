import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutputFile } from '../../constructs/delivery/output-file.ts';
import { loadFederation } from '../../constructs/index.ts';
import { writeMissing } from './write-missing.ts';

/**
 * Checks the new declaration by the rules that will judge it later, in a directory that is deleted again.
 *
 * @throws ProblemsError when an answer is wrong, for example the name of a cluster
 */
export function checkAnswers(files: readonly OutputFile[]): void {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-init-'));
  try {
    writeMissing(directory, files);
    loadFederation(join(directory, 'federation.yaml'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

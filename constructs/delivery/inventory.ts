import type { Federation } from '../model/federation.ts';
import { waves } from '../plan/waves.ts';
import { sha256 } from './checksums.ts';
import { filesByTarget } from './files-by-target.ts';
import type { OutputFile, TargetFile } from './output-file.ts';

/** `inventory.json` of every cluster: its files, their objects, and the part of the declaration that asked for each. */
export function renderInventories(federation: Federation, files: readonly TargetFile[]): readonly OutputFile[] {
  return [...filesByTarget(federation, files)].map(([target, own]) => {
    const inventory = {
      federation: federation.name,
      declaration: federation.declaration,
      cluster: target,
      files: [...own].sort((a, b) => (a.path < b.path ? -1 : 1)).map(describe),
    };
    return { path: `${target}/inventory.json`, content: `${JSON.stringify(inventory, null, 2)}\n` };
  });
}

function describe({ target, wave, path, cause, content, objects }: TargetFile): object {
  return {
    path: path.slice(target.length + 1),
    wave: waves[wave].directory,
    cause,
    sha256: sha256(content),
    objects,
  };
}

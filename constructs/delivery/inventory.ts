import { createHash } from 'node:crypto';
import type { Federation } from '../model/federation.ts';
import { waves } from '../plan/waves.ts';
import { filesByTarget } from './files-by-target.ts';
import type { ClusterFile, OutputFile } from './output-file.ts';

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');

/** `inventory.json` of every cluster: its files, what they hold, and what in the declaration asked for each. */
export function renderInventories(federation: Federation, files: readonly ClusterFile[]): readonly OutputFile[] {
  return [...filesByTarget(federation, files)].map(([cluster, own]) => {
    const inventory = {
      federation: federation.name,
      declaration: federation.declaration,
      cluster,
      files: [...own].sort((a, b) => (a.path < b.path ? -1 : 1)).map(describe),
    };
    return { path: `${cluster}/inventory.json`, content: `${JSON.stringify(inventory, null, 2)}\n` };
  });
}

function describe({ cluster, wave, path, cause, content, objects }: ClusterFile): object {
  return {
    path: path.slice(cluster.length + 1),
    wave: waves[wave].directory,
    cause,
    sha256: sha256(content),
    objects,
  };
}

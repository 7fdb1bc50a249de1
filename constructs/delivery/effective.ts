import type { EffectiveFile } from '../plan/engines/engine.ts';
import type { OutputFile } from './output-file.ts';
import { renderYaml } from './yaml.ts';

/**
 * The objects that the federation engine will create in each cluster. Reviewers and linters read them; no script
 * applies them.
 */
export function renderEffective(declaration: string, files: readonly EffectiveFile[]): readonly OutputFile[] {
  return files.map(({ cluster, name, cause, objects }) => ({
    path: `effective/${cluster}/${name}.yaml`,
    content: renderYaml(
      [`Preview from ${declaration} (${cause}): what the federation engine makes in ${cluster}; never applied.`],
      objects,
    ),
  }));
}

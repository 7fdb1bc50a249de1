import { waves } from '../../plan/waves.ts';
import type { OutputFile, TargetFile } from '../output-file.ts';
import { renderTable } from './table.ts';

/** Every object that is applied, for pruning and for removal. */
export function renderObjectsTable(files: readonly TargetFile[]): OutputFile {
  return renderTable(
    'objects.tsv',
    ['cluster', 'wave', 'group', 'kind', 'namespace', 'name'],
    files
      .filter(({ isApplied }) => isApplied)
      .flatMap(({ target, wave, objects }) =>
        objects.map(({ group, kind, namespace, name }) => [
          target,
          waves[wave].directory,
          group,
          kind,
          namespace,
          name,
        ]),
      ),
  );
}

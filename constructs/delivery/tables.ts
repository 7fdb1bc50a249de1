import type { Step } from '../plan/step.ts';
import { waves } from '../plan/waves.ts';
import type { ClusterFile, OutputFile } from './output-file.ts';

// bash joins adjacent tabs, so an empty value is a dash.
function renderRow(values: readonly (string | null)[]): string {
  return values.map((value) => (value === null || value === '' ? '-' : value)).join('\t');
}

/** A table for the scripts: a header row, tabs between values, which hold neither tabs nor line ends. */
export function renderTable(
  path: string,
  header: readonly string[],
  rows: readonly (readonly (string | null)[])[],
): OutputFile {
  const broken = rows.flatMap((row) => row.find((value) => value !== null && /[\t\n\r]/.test(value)) ?? [])[0];
  if (broken !== undefined) throw new Error(`${path}: a value with a tab or a line end: ${JSON.stringify(broken)}`);
  return { path, content: `${[header, ...rows].map(renderRow).join('\n')}\n` };
}

/** The steps in order, one row each; the columns after `wait` are the arguments of the action. */
export function renderPlanTable(steps: readonly Step[]): OutputFile {
  return renderTable(
    'plan.tsv',
    ['wave', 'cluster', 'context', 'uid', 'action', 'path', 'wait', 'args...'],
    steps.map(({ wave, cluster, action, path, wait, args }) => [
      waves[wave].directory,
      cluster.name,
      cluster.kubeContext,
      cluster.uid,
      action,
      path,
      wait,
      ...(args.length === 0 ? [null] : args),
    ]),
  );
}

/** Every object that is applied, for pruning and for removal. */
export function renderObjectsTable(files: readonly ClusterFile[]): OutputFile {
  return renderTable(
    'objects.tsv',
    ['cluster', 'wave', 'group', 'kind', 'namespace', 'name'],
    files
      .filter(({ isApplied }) => isApplied)
      .flatMap(({ cluster, wave, objects }) =>
        objects.map(({ group, kind, namespace, name }) => [
          cluster,
          waves[wave].directory,
          group,
          kind,
          namespace,
          name,
        ]),
      ),
  );
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Cluster, environment, type Synthesized } from '../environment.ts';
import { REPOSITORY } from '../machine/paths.ts';

/** A row of plan.tsv. */
export interface Step {
  readonly wave: string;
  readonly cluster: string;
  readonly action: string;
  /** Relative to the output. Empty if the step has no file. */
  readonly path: string;
  /** The gate: the condition that must hold after the step. Empty means none. */
  readonly wait: string;
  /** Further arguments of the action. An empty one is an empty string. */
  readonly args: readonly string[];
}

/** A row of objects.tsv. */
export interface ListedObject {
  readonly cluster: string;
  readonly wave: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The parts of a declaration that suites need. */
export interface Declared {
  readonly name: string;
  readonly istio: { readonly version: string; readonly installer?: string };
  readonly clusters: readonly { readonly name: string; readonly role: string; readonly federationCluster?: string }[];
}

/** The plan of an output, in order. */
export function stepsOf(output: Synthesized): Step[] {
  const columns = ['wave', 'cluster', 'action', 'path', 'wait', 'args...'];
  return readTable(join(output.directory, 'plan.tsv'), columns).map(({ 'args...': args = '', ...cells }) => ({
    ...(cells as unknown as Omit<Step, 'args'>),
    args: args === '' ? [] : args.split('\t').map(emptied),
  }));
}

/** The objects of an output. */
export function objectsOf(output: Synthesized): ListedObject[] {
  const columns = ['cluster', 'wave', 'group', 'kind', 'namespace', 'name'];
  return readTable(join(output.directory, 'objects.tsv'), columns) as unknown as ListedObject[];
}

/** The clusters that a plan names, in its order. */
export function clustersOf(output: Synthesized): string[] {
  return [...new Set(stepsOf(output).map((step) => step.cluster))];
}

/**
 * The cluster of the environment that stands for a cluster of an output: the one of the same name if the environment
 * has all of the output's names, else the one in the same position.
 */
export function clusterFor(output: Synthesized, name: string): Cluster {
  const names = clustersOf(output);
  const { clusters } = environment();
  const isNamed = names.every((one) => clusters.some((cluster) => cluster.name === one));
  const found = isNamed ? clusters.find((one) => one.name === name) : clusters[names.indexOf(name)];
  if (found === undefined)
    throw new Error(`${output.declaration} needs ${names.length} clusters, there are ${clusters.length}`);
  return found;
}

/** The declaration from which an output was made. */
export function declarationOf(output: Synthesized): Declared {
  return parse(readFileSync(join(REPOSITORY, output.declaration), 'utf8')) as Declared;
}

/** The name of the cluster that hosts the federation. */
export function hostOf(output: Synthesized): string | undefined {
  return declarationOf(output).clusters.find((one) => one.role === 'host')?.name;
}

/** The name under which a cluster is registered with the federation. */
export function federationNameOf(output: Synthesized, cluster: string): string {
  const declared = declarationOf(output).clusters.find((one) => one.name === cluster);
  return declared?.federationCluster ?? cluster;
}

/**
 * Reads a tab-separated table with a header; `-` means empty. A column whose name ends in `...` is the rest of the row,
 * tabs included. A missing column or a table without rows is an error.
 */
export function readTable(path: string, columns: readonly string[]): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = (header ?? '').split('\t');
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) throw new Error(`${path}: no column ${missing.join(', ')} in: ${header}`);
  if (lines.length === 0) throw new Error(`${path}: no rows`);
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(columns.map((column) => [column, emptied(cellOf(cells, names.indexOf(column), column))]));
  });
}

function cellOf(cells: readonly string[], position: number, column: string): string | undefined {
  return column.endsWith('...') ? cells.slice(position).join('\t') : cells[position];
}

function emptied(cell: string | undefined): string {
  return cell === undefined || cell === '-' ? '' : cell;
}

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Substitutes } from '../build/chosen.ts';
import { type Form, KUBECONFIG, up } from '../clusters/up.ts';
import type { Cluster, Environment, Synthesized } from '../environment.ts';
import { clustersOf } from '../product/output.ts';
import type { Variation } from '../product/synthesize.ts';
import { CLUSTERS, type ClusterRow, clusterRow } from '../tables/clusters.ts';
import type { SuiteRow } from '../tables/suite.ts';
import type { Options } from './options.ts';
import type { Preparation } from './prepare.ts';

/** The form of a group's clusters; `none` for suites that start and kill clusters themselves. */
export type GroupForm = Form | 'none';

/** Suites that run on the same clusters, one after the other, with the same programs. */
export interface Group {
  readonly form: GroupForm;
  readonly suites: readonly SuiteRow[];
  /** The mesh that its only suite installs. @default - its suites share clusters */
  readonly mesh?: Variation;
}

/**
 * Sorts suites into groups. Light ones come first, since they fail first; those with clusters of their own come last.
 */
export function groupsOf(suites: readonly SuiteRow[], light: boolean): Group[] {
  const formOf = (suite: SuiteRow): GroupForm => (light && suite.forms[0] !== 'none' ? 'light' : suite.forms[0]);
  const shared = (['none', 'light', 'nodes'] as const).map((form) => ({
    form,
    suites: suites.filter((suite) => suite.mesh === undefined && formOf(suite) === form),
  }));
  const own = suites.flatMap((suite): Group[] =>
    suite.mesh === undefined ? [] : [{ form: formOf(suite), suites: [suite], mesh: suite.mesh }],
  );
  return [...shared.filter((group) => group.suites.length > 0), ...own];
}

/**
 * Everything that must be built before a group's suites begin. Suites that start their own runners wait for servers,
 * not for builds, so on a cold machine everything must exist before they start one.
 */
export function formToPrepare({ form, suites }: Group): Preparation | undefined {
  if (form !== 'none') return form;
  if (suites.some(({ clusters }) => clusters.length > 0)) return 'nodes';
  return suites.some(({ modules }) => modules.length > 0) ? 'programs' : undefined;
}

/** The replaced rows of the module table in a group: those that its only suite asks for. */
export function substitutesOf({ suites }: Group): Substitutes {
  return suites.find((suite) => suite.substitutes !== undefined)?.substitutes ?? {};
}

/** The clusters that a group needs. */
function rowsOf(group: Group, outputs: readonly Synthesized[]): ClusterRow[] {
  const names = group.suites.flatMap((suite) =>
    suite.clusters === 'of the examples' ? enoughFor(outputs) : suite.clusters,
  );
  return [...new Set(names)].map((name, position) => clusterRow(name, position));
}

// As many as the largest declaration has, under the table's names. Declarations take turns on them.
function enoughFor(outputs: readonly Synthesized[]): string[] {
  const most = Math.max(...outputs.map((output) => clustersOf(output).length));
  return Array.from({ length: most }, (_, position) => CLUSTERS[position]?.name ?? `cluster${position + 1}`);
}

/** Starts a group's clusters and returns the environment of its suites. */
export async function bringUp(group: Group, outputs: readonly Synthesized[], options: Options): Promise<Environment> {
  if (group.form === 'none') throw new Error('suites without clusters need none brought up');
  const rows = rowsOf(group, outputs);
  await up(rows, group.form);
  const clusters = rows.map((row) => clusterOf(row, KUBECONFIG, row.name));
  return { form: group.form, clusters, synthesized: outputs, ...breakingOf(options) };
}

/** The environment of existing clusters that somebody else has made. */
export function existingEnvironment(group: Group, outputs: readonly Synthesized[], options: Options): Environment {
  const kubeconfig = process.env.KUBECONFIG || join(homedir(), '.kube', 'config');
  const clusters = rowsOf(group, outputs).map((row) => {
    const api = options.apis[row.name];
    const cluster = clusterOf(row, kubeconfig, options.contexts[row.name] ?? row.name);
    return api === undefined ? cluster : { ...cluster, api };
  });
  return { form: 'existing', clusters, synthesized: outputs, ...breakingOf(options) };
}

function clusterOf(row: ClusterRow, kubeconfig: string, context: string): Cluster {
  const { name, network, region, zone } = row;
  return { name, kubeconfig, context, network, region, zone };
}

function breakingOf({ breaking }: Options): Pick<Environment, 'breaking'> {
  return breaking === undefined ? {} : { breaking };
}

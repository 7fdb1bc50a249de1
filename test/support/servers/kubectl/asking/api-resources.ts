import { apiVersionOf, type Kind, resourceOf } from '../../api/kinds.ts';
import type { Command } from '../command.ts';
import { type Said, saying } from '../said.ts';

/** `kubectl api-resources` */
export function apiResources({ args, cluster }: Command): Said {
  const group = args.value('api-group');
  const verbs = args.value('verbs')?.split(',') ?? [];
  const kinds = cluster.server.kinds.all
    .filter((one) => group === null || one.group === group)
    .filter((one) => !args.has('namespaced') || one.isNamespaced)
    .filter((one) => verbs.every((verb) => one.verbs.split(',').includes(verb)))
    .sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  if (args.value('output') === 'name') return saying(kinds.map((one) => `${resourceOf(one)}\n`).join(''));
  const isWide = args.value('output') === 'wide';
  const rows = kinds.map((one) => cellsOf(one, isWide));
  return saying(columns(args.has('no-headers') ? rows : [header.slice(0, isWide ? 7 : 5), ...rows]));
}

const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', 'VERBS', 'CATEGORIES'];

const inAll = [
  ...['pods', 'replicationcontrollers', 'services', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  ...['horizontalpodautoscalers', 'cronjobs', 'jobs'],
];

const sortKey = ({ group, plural }: Kind): string => `${group} ${plural}`;

function cellsOf(kind: Kind, isWide: boolean): readonly string[] {
  const cells = [kind.plural, kind.shortNames.join(','), apiVersionOf(kind), String(kind.isNamespaced), kind.kind];
  return isWide ? [...cells, kind.verbs, inAll.includes(kind.plural) ? 'all' : ''] : cells;
}

// kubectl puts three blanks between columns, and gives an empty one six.
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(6, ...rows.map((row) => (row[at] ?? '').length + 3)));
  const lineOf = (row: readonly string[]): string =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('');
  return rows.map((row) => `${lineOf(row)}\n`).join('');
}

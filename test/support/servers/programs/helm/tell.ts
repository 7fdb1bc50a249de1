import { failing, type Said, saying } from '../../kubectl/said.ts';
import type { FakeCluster } from '../../world.ts';
import type { HelmCall } from './call.ts';
import { type Revision, revisionsOf } from './releases.ts';

/** `helm status`, `helm history` */
export function tell(verb: 'status' | 'history', { args, words }: HelmCall, revisions: readonly Revision[]): Said {
  const [name = ''] = words;
  const last = revisions.at(-1);
  if (last === undefined) return failing('Error: release: not found');
  const { namespace, revision: version, status } = last;
  if (args.value('output') !== 'json') return saying(`NAME: ${name}\nSTATUS: ${status}\nREVISION: ${version}\n`);
  const rows = revisions.map((one) => ({ revision: one.revision, status: one.status, chart: chartOf(one) }));
  return saying(`${JSON.stringify(verb === 'history' ? rows : { name, namespace, version, info: { status } })}\n`);
}

/** `helm list` */
export function tellAll({ server }: FakeCluster, { args }: HelmCall): Said {
  const namespace = args.value('namespace') ?? 'default';
  const kind = server.kinds.named('secrets');
  const secrets = kind === undefined ? [] : server.list(kind, { namespace, labels: 'owner=helm' });
  const names = [...new Set(secrets.map(({ metadata }) => metadata.labels?.name ?? ''))];
  const filter = new RegExp(args.value('filter') ?? '');
  const shown = names
    .filter((name) => filter.test(name))
    .flatMap((name) => revisionsOf(server, namespace, name).at(-1) ?? [])
    .map((one) => ({
      name: one.name,
      namespace,
      revision: String(one.revision),
      status: one.status,
      chart: chartOf(one),
    }));
  if (args.value('output') === 'json') return saying(`${JSON.stringify(shown)}\n`);
  const rows = shown.map((one) => `${Object.values(one).join('\t')}\n`);
  return saying(`NAME\tNAMESPACE\tREVISION\tSTATUS\tCHART\n${rows.join('')}`);
}

const chartOf = ({ chart, version }: Revision): string => `${chart}-${version}`;

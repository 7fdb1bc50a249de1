import type { SentObject } from '../../api/object.ts';
import { objectIn } from '../../controllers/controller.ts';
import { titleOf } from '../../kubectl/command.ts';
import { parseManifests } from '../../kubectl/manifests.ts';
import { failing, type Said, saying } from '../../kubectl/said.ts';
import type { FakeCluster } from '../../world.ts';
import { textOfObjects } from '../charts/charts.ts';
import type { ProgramAround } from '../program.ts';
import { chartOf, type HelmCall, rendered } from './call.ts';
import { forgetRevision, keepRevision, type Revision } from './releases.ts';

/** `helm upgrade --install` */
export function upgrade(cluster: FakeCluster, call: HelmCall, revisions: readonly Revision[]): Said {
  const refusal = refusalOf(cluster, call, revisions);
  if (refusal !== null) return failing(`Error: ${refusal}`);
  const { definitions, templates } = rendered(call);
  const last = revisions.at(-1);
  if (last === undefined) define(cluster, definitions, call.around);
  const { release: name, namespace, chart, values } = chartOf(call);
  const next: Revision = {
    ...{ name, namespace, chart: chart.split('/').at(-1) ?? '', values },
    revision: (last?.revision ?? 0) + 1,
    version: call.args.value('version') ?? '',
    manifest: textOfObjects(templates.map((object) => placedIn(cluster, object, namespace))),
    status: last === undefined ? 'pending-install' : 'pending-upgrade',
  };
  keepRevision(cluster.server, next);
  changeTo(cluster, last, next, call.around);
  succeed(cluster, revisions, next);
  return saying(`Release "${name}" has been ${last === undefined ? 'installed' : 'upgraded'}. Happy Helming!\n`);
}

function refusalOf({ server }: FakeCluster, call: HelmCall, revisions: readonly Revision[]): string | null {
  const last = revisions.at(-1);
  const { release, namespace } = chartOf(call);
  if (last?.status.startsWith('pending-'))
    return 'UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress';
  if (last === undefined && !call.args.has('install')) return `UPGRADE FAILED: "${release}" has no deployed releases`;
  const isThere = objectIn(server, 'namespaces', null, namespace) !== undefined;
  return isThere ? null : `create: failed to create: namespaces "${namespace}" not found`;
}

function define({ server }: FakeCluster, definitions: readonly SentObject[], { settle }: ProgramAround): void {
  for (const one of definitions)
    if (server.find(server.placeOf(one)) === undefined) server.create(one, { manager: 'helm' });
  settle();
}

function placedIn({ server }: FakeCluster, object: SentObject, namespace: string): SentObject {
  const needs = server.kinds.ofObject(object)?.isNamespaced === true && object.metadata.namespace === undefined;
  return needs ? { ...object, metadata: { ...object.metadata, namespace } } : object;
}

// Applies the objects of a revision, and deletes those that only the former one had. Definitions stay.
function changeTo(
  { server }: FakeCluster,
  last: Revision | undefined,
  next: Revision | null,
  { note }: ProgramAround,
): void {
  const wanted = next === null ? [] : parseManifests(next.manifest);
  for (const object of wanted) note(titleOf(server.placeOf(server.apply(object, { manager: 'helm', force: true }))));
  const kept = new Set(wanted.map((object) => titleOf(server.placeOf(object))));
  for (const object of last === undefined ? [] : parseManifests(last.manifest)) {
    if (server.kinds.ofObject(object) === undefined || object.kind === 'CustomResourceDefinition') continue;
    const place = server.placeOf(object);
    if (kept.has(titleOf(place)) || server.find(place) === undefined) continue;
    note(titleOf(place));
    server.delete(place);
  }
}

function succeed({ server }: FakeCluster, former: readonly Revision[], next: Revision): void {
  for (const one of former) if (one.status === 'deployed') keepRevision(server, { ...one, status: 'superseded' });
  keepRevision(server, { ...next, status: 'deployed' });
}

/** `helm uninstall` */
export function uninstall(
  cluster: FakeCluster,
  { args, words, around }: HelmCall,
  revisions: readonly Revision[],
): Said {
  const [name = ''] = words;
  const last = revisions.at(-1);
  if (last === undefined && !args.has('ignore-not-found'))
    return failing(`Error: uninstall: Release not loaded: ${name}: release: not found`);
  changeTo(cluster, last, null, around);
  for (const revision of revisions) forgetRevision(cluster.server, revision);
  return saying(`release "${name}" uninstalled\n`);
}

/** `helm rollback`, which also ends an operation that somebody has stopped. */
export function rollback(cluster: FakeCluster, { words, around }: HelmCall, revisions: readonly Revision[]): Said {
  const [name = '', wanted = '0'] = words;
  const last = revisions.at(-1);
  const target = wanted === '0' ? revisions.at(-2) : revisions.find(({ revision }) => String(revision) === wanted);
  if (last === undefined || target === undefined) return failing(`Error: release: not found`);
  const next: Revision = { ...target, revision: last.revision + 1, status: 'pending-rollback' };
  changeTo(cluster, last, next, around);
  succeed(cluster, revisions, next);
  return saying(`Rollback was a success! Happy Helming! ${name}\n`);
}

import { z } from 'zod';
import { dnsLabelPattern, dnsSubdomainPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import type { ObjectReference } from '../clusters/changes.ts';
import type { ClusterRecord, RecordedCommand, RecordedMember, RecordedObject } from './record.ts';

/** All of Istio's CustomResourceDefinitions, which an installer creates and no table lists. */
export const istioDefinitions: ObjectReference = {
  group: 'apiextensions.k8s.io',
  kind: 'CustomResourceDefinition',
  namespace: null,
  name: '*.istio.io',
};

const label = z.string().regex(dnsLabelPattern);
const wave = z.string().regex(/^\d\d-[a-z-]{1,60}$/);
// A word that cannot be an option, and that a terminal only shows.
const word = z.string().regex(/^(?!-)[^\p{C}\p{Zl}\p{Zp}]{1,500}$/u);
// A file of an output, and of no other place.
const path = z.string().regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[a-z0-9][A-Za-z0-9._/-]{0,499}$/);
const orNone = (schema: z.ZodType<string>) => z.union([z.literal('-').transform(() => null), schema]);

const reference = {
  group: z.union([z.literal('-').transform(() => ''), z.string().regex(dnsSubdomainPattern)]),
  kind: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,62}$/),
  namespace: orNone(label),
  // Names of RBAC may have colons and capitals.
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,252}$/),
};
const checksum = z.string().regex(/^[0-9a-f]{64}$/);
const uid = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]{0,99}$/);

/** A row as its values. Null if it is none of a record. */
type ReadRow<T> = (cells: readonly string[]) => T | null;

const objectSchema = z.object({ wave, ...reference });
const commandSchema = z.object({
  wave,
  undo: label,
  path: orNone(path),
  args: z.array(z.union([z.literal('-').transform(() => ''), word])),
});
const createdSchema = z.object({ ...reference, name: z.union([reference.name, z.literal(istioDefinitions.name)]) });
const memberSchema = z.object({ name: label, uid });
const progressSchema = z.object({ wave, checksum });

const rowOf =
  <T>(schema: z.ZodType<T>, names: readonly string[]): ReadRow<T> =>
  (cells) =>
    cells.length === names.length
      ? (schema.safeParse(Object.fromEntries(names.map((name, at) => [name, cells[at]]))).data ?? null)
      : null;

const objectRow: ReadRow<RecordedObject> = rowOf(objectSchema, ['wave', 'group', 'kind', 'namespace', 'name']);
const createdRow: ReadRow<ObjectReference> = rowOf(createdSchema, ['group', 'kind', 'namespace', 'name']);
const memberRow: ReadRow<RecordedMember> = rowOf(memberSchema, ['name', 'uid']);
const progressRow = rowOf(progressSchema, ['wave', 'checksum']);
/** Names that earlier versions wrote, and today's. */
const earlierNames: Readonly<Record<string, string | undefined>> = {
  join: 'kubefed-join',
  'install-engine': 'kubefed-install-engine',
  'federated-cacerts': 'kubefed-federated-cacerts',
};
const commandRow: ReadRow<RecordedCommand> = ([wave, undo, path, ...args]) =>
  commandSchema.safeParse({ wave, undo: earlierNames[undo ?? ''] ?? undo, path, args }).data ?? null;

/** The data of a ConfigMap that is a record, or a part of one. */
export type RecordData = Readonly<Record<string, string>>;

/** A record from the data of a ConfigMap. Null unless every row of it fits: a record is not obeyed in part. */
export function parseRecord(federation: string, data: RecordData): ClusterRecord | null {
  const cluster = label.safeParse(data.cluster).data;
  const objects = rowsOf(data['objects.tsv'], objectRow);
  const commands = rowsOf(data['commands.tsv'], commandRow);
  const created = rowsOf(data['created.tsv'], createdRow);
  // Earlier versions had another checksum: their progress says nothing about an output of today.
  const progress = rowsOf(data.progress, progressRow) ?? [];
  const members = rowsOf(data['clusters.tsv'], memberRow);
  if (!cluster || !objects || !commands || !created || !members) return null;
  return { federation, cluster, objects, commands, created, progress: progress[0] ?? null, members };
}

function rowsOf<T>(text = '', read: ReadRow<T>): readonly T[] | null {
  const rows = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => read(line.split('\t')));
  return rows.includes(null) ? null : (rows as readonly T[]);
}

/** The data of the ConfigMap of a record. */
export function renderRecord({ cluster, objects, commands, created, progress, members }: ClusterRecord): RecordData {
  return {
    cluster,
    'clusters.tsv': linesOf(members.map(({ name, uid }) => [name, uid])),
    'objects.tsv': linesOf(objects.map((one) => [one.wave, ...cellsOf(one)])),
    'commands.tsv': linesOf(
      commands.map(({ wave, undo, path, args }) => [
        wave,
        undo,
        path ?? '-',
        ...args.map((arg) => (arg === '' ? '-' : arg)),
      ]),
    ),
    'created.tsv': linesOf(created.map(cellsOf)),
    progress: linesOf(progress === null ? [] : [[progress.wave, progress.checksum]]),
  };
}

function cellsOf({ group, kind, namespace, name }: ObjectReference): readonly string[] {
  return [group === '' ? '-' : group, kind, namespace ?? '-', name];
}

const linesOf = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join('\t')}\n`).join('');

/** An object as one text, to compare it with others. */
export function keyOf(object: ObjectReference): string {
  return cellsOf(object).join('\t');
}

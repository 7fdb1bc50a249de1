import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../files.ts';
import type { Servers } from '../servers/servers.ts';
import { editOutput } from './edit-output.ts';
import { editJson, editText } from './edit-text.ts';
import type { ObjectMutation, OutputMutation } from './mutations.ts';

/** What a mutation has written: where, and the text as it is now. */
export interface Written {
  /** The cluster whose record it is; null for a file of the output. */
  readonly cluster: string | null;
  readonly text: string;
}

/** Changes a file of an output. */
export function mutateOutput(directory: string, { file, edit, isSummedUp }: OutputMutation): Written {
  // The tables and the plan as often as all manifests together.
  const all = listFiles(directory).filter((path) => !path.startsWith('effective/') && !path.endsWith('.sh'));
  const first = all.filter((path) => !path.includes('/') || path.endsWith('inventory.json'));
  const files = file % 2 === 0 ? first : all;
  const path = files[Math.floor(file / 2) % files.length] ?? 'plan.json';
  if (isSummedUp) editOutput(directory, path, (text) => editText(text, edit));
  else writeFileSync(join(directory, path), editText(readFileSync(join(directory, path), 'utf8'), edit));
  return { cluster: null, text: readFileSync(join(directory, path), 'utf8') };
}

/** Changes a record, or the Lease, in a cluster. */
export function mutateObject({ world }: Servers, { cluster, object, edit }: ObjectMutation): Written {
  const clusters = [...world.clusters.values()];
  const chosen = clusters[cluster % clusters.length];
  const entries = (chosen?.server.entries ?? []).filter(
    ({ kind, object: { metadata } }) =>
      ['ConfigMap', 'Lease'].includes(kind.kind) && metadata.name.startsWith('mesh-federation'),
  );
  const entry = entries[object % entries.length];
  if (chosen === undefined || entry === undefined) return { cluster: null, text: '' };
  const { data } = entry.object;
  const keys = Object.keys(data ?? {});
  const key = keys[edit.place % (keys.length + 1)];
  // Mostly a cell of a table of a record, and otherwise a field of the object.
  if (key !== undefined) {
    const tables = data as Record<string, string>;
    tables[key] = editText(tables[key] ?? '', edit);
  } else Object.assign(entry, { object: restored(editJson(JSON.stringify(entry.object), edit), entry.object) });
  return { cluster: chosen.context, text: JSON.stringify(entry.object) };
}

// The server still needs to find it: what makes it that object stays.
function restored<T extends { readonly metadata: object }>(text: string | null, former: T): T {
  const value = JSON.parse(text || '{}') as Partial<T> | null;
  const metadata = typeof value?.metadata === 'object' ? value.metadata : {};
  const { name, namespace, uid, resourceVersion } = former.metadata as Record<string, unknown>;
  return { ...former, ...value, metadata: { ...metadata, name, namespace, uid, resourceVersion } } as T;
}

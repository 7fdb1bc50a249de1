import { createHash } from 'node:crypto';
import type { Snapshot } from '../../support/servers/snapshot.ts';
import { asRecorded } from './since-then.ts';

/** What clusters hold in the end: a short checksum for each object, and the rows of each record. */
export type EndState = Readonly<Record<string, string | readonly string[]>>;

// Their texts are made of certificates, which every run makes anew.
const withCertificates =
  /^(secrets\/.*\/(cacerts|istio-remote-secret-.*|istio-ca-secret)|configmaps\/.*\/istio-ca-root-cert|federatedsecrets.*\/cacerts)$/;

/** Makes a snapshot of servers short and comparable. Leases say only who was there. */
export function endStateOf(snapshot: Snapshot, clusterOf: (context: string) => string): EndState {
  const rows = Object.entries(snapshot).flatMap(([context, objects]) =>
    Object.entries(objects)
      .filter(([name]) => name !== 'leases.coordination.k8s.io/kube-system/mesh-federation')
      .flatMap(([name, object]) => entriesOf(`${clusterOf(context)} ${name}`, name, object)),
  );
  return Object.fromEntries(rows);
}

function entriesOf(
  key: string,
  name: string,
  object: unknown,
): readonly (readonly [string, string | readonly string[]])[] {
  const { data = {} } = object as { readonly data?: Readonly<Record<string, string>> };
  if (name.startsWith('configmaps/kube-system/mesh-federation-'))
    return Object.entries(data).map(([part, text]) => [`${key} ${part}`, rowsOf(part, text)]);
  const shown = withCertificates.test(name) ? Object.keys(data).sort() : asRecorded(name, object);
  return [
    [
      key,
      createHash('sha256')
        .update(JSON.stringify(sorted(shown)))
        .digest('hex')
        .slice(0, 8),
    ],
  ];
}

// The checksum in the progress is another one for each version.
const rowsOf = (part: string, text: string): readonly string[] =>
  (part === 'progress' ? text.replace(/\t.*/, '') : text)
    .split('\n')
    .filter((row) => row !== '')
    .sort();

// Keys in one order, so that a checksum does not depend on it.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

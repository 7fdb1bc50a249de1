import { isMap, type JsonMap } from '../../support/servers/api/object.ts';

/** What an output has in an object that the recorded one did not have. */
interface Addition {
  readonly to: RegExp;
  /** Paths of the fields. */
  readonly fields: readonly (readonly string[])[];
}

const additions: readonly Addition[] = [
  // The pods of a gateway are spread over nodes and zones.
  {
    to: /^deployments\.apps\/istio-system\/istio-(eastwest|ingress)gateway$/,
    fields: [
      ['spec', 'template', 'spec', 'affinity'],
      ['spec', 'template', 'spec', 'topologySpreadConstraints'],
    ],
  },
];

/** An object of a cluster without what outputs have got since the recording: everything else must be the same. */
export function asRecorded(name: string, object: unknown): unknown {
  return additions
    .filter(({ to }) => to.test(name))
    .flatMap(({ fields }) => fields)
    .reduce((rest, path) => (isMap(rest) ? without(rest, path) : rest), object);
}

function without(object: JsonMap, [key, ...rest]: readonly string[]): JsonMap {
  if (key === undefined || !(key in object)) return object;
  const { [key]: inner, ...others } = object;
  if (rest.length === 0) return others;
  return isMap(inner) ? { ...object, [key]: without(inner, rest) } : object;
}

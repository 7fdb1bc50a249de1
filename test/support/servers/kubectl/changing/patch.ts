import type { Place, WriteOptions } from '../../api/api-server.ts';
import { isMap, type JsonMap, mapAt, type StoredObject } from '../../api/object.ts';
import { type Command, namespaceOf, readNames, titleOf } from '../command.ts';
import { shownName } from '../forms/output.ts';
import { failing, forEach, type Said } from '../said.ts';

/** `kubectl patch --type=merge` */
export function patch(command: Command): Said {
  const { args } = command;
  const content: unknown = JSON.parse(args.value('patch') ?? '{}');
  if (args.value('type') !== 'merge') return failing('error: these servers only know patch --type=merge');
  return patchNamed(command, { manager: 'kubectl-patch', done: () => 'patched' }, (object) =>
    mergePatch(object, content),
  );
}

/** `kubectl rollout restart` */
export function restart(command: Command): Said {
  const patchOf = ({ metadata }: StoredObject): unknown => {
    const annotations = { 'kubectl.kubernetes.io/restartedAt': `r${metadata.resourceVersion}` };
    return { spec: { template: { metadata: { annotations } } } };
  };
  const options = { manager: 'kubectl-rollout', done: () => 'restarted' };
  return patchNamed(command, options, (object) => mergePatch(object, patchOf(object)));
}

/** What is said of a patched object. */
interface Patching extends Pick<WriteOptions, 'manager'> {
  readonly done: (before: StoredObject, after: StoredObject) => string;
}

/** Changes each object that the words of a command name. */
export function patchNamed(
  command: Command,
  { manager, done }: Patching,
  change: (object: StoredObject) => void,
): Said {
  const { args, cluster } = command;
  const isDryRun = args.value('dry-run') === 'server';
  return onNamed(command, (place) => {
    const { kind, object: before } = cluster.server.entry(place);
    const after = cluster.server.patch(place, change, { manager: args.value('field-manager') ?? manager, isDryRun });
    return `${shownName({ kind, object: before })} ${done(before, after)}${isDryRun ? ' (server dry run)' : ''}\n`;
  });
}

/** Merges a patch of JSON into an object, as RFC 7386 says. */
export function mergePatch(target: JsonMap, content: unknown): void {
  for (const [key, value] of Object.entries(isMap(content) ? content : {})) {
    if (value === null) delete target[key];
    else if (!isMap(value)) target[key] = value;
    else {
      if (!isMap(target[key])) target[key] = {};
      mergePatch(mapAt(target, key), value);
    }
  }
}

/** Does something to each object that the words of a command name. */
export function onNamed(command: Command, act: (place: Place) => string): Said {
  const places = readNames(command).flatMap(({ kind, names }) =>
    (names ?? []).map((name) => ({ kind, name, namespace: namespaceOf(command, kind) })),
  );
  return forEach(places, (place) => {
    command.note(titleOf(place));
    return act(place);
  });
}

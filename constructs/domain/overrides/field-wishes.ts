import { isMapping, type Mapping } from '../json/mapping.ts';
import { hasAt, type Path, valueAt } from '../json/path.ts';
import { podSpecPaths } from '../kubernetes/pod-specs.ts';

/** The differences in a cluster, expressed by meaning instead of by path. */
export interface FieldOverrides {
  readonly replicas?: number | undefined;
  /** Image by container. */
  readonly images?: Readonly<Record<string, string>> | undefined;
  /** Labels of the object, of its pods, and of its selector where the selector has them. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** Variables by container. */
  readonly env?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /** All arguments, by container. */
  readonly args?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Requests and limits by container; all others stay unchanged. */
  readonly resources?: Readonly<Record<string, ResourceOverride>> | undefined;
}

/** Requests and limits that differ. */
export type ResourceOverride = {
  readonly [List in 'requests' | 'limits']?: Readonly<Record<string, string>> | undefined;
};

/** A key of the override that does not fit this object. */
export interface FieldMisfit {
  readonly key: readonly string[];
  readonly got: string;
  readonly expected: string;
}

/** A value at a path of the object, and the key that requests it. */
export interface Wish {
  readonly key: readonly string[];
  readonly at: Path;
  readonly value: unknown;
}

/** The result of one key of an override. */
export type Outcome = Wish | FieldMisfit;

// Sorted, so that the order in the declaration does not matter.
function entriesOf<T>(mapping: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The changes that an override requests for an object, by key, or the keys that do not fit the object. */
export function wishesOf(object: Mapping, fields: FieldOverrides): readonly Outcome[] {
  return [
    ...replicaWishes(object, fields.replicas),
    ...labelWishes(object, fields.labels ?? {}),
    ...entriesOf(fields.annotations ?? {}).map(
      ([name, value]): Wish => ({ key: ['annotations', name], at: ['metadata', 'annotations', name], value }),
    ),
    ...containerWishes(object, 'images', fields.images ?? {}, (at, image) => [{ at: [...at, 'image'], value: image }]),
    ...containerWishes(object, 'args', fields.args ?? {}, (at, args) => [{ at: [...at, 'args'], value: args }]),
    ...containerWishes(object, 'env', fields.env ?? {}, environmentWishes),
    ...containerWishes(object, 'resources', fields.resources ?? {}, (at, resources) =>
      entriesOf(resources).flatMap(([list, amounts]) =>
        entriesOf(amounts ?? {}).map(([name, value]) => ({ at: [...at, 'resources', list, name], value })),
      ),
    ),
  ];
}

const scalable = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

function replicaWishes({ kind }: Mapping, replicas: number | undefined): readonly Outcome[] {
  if (replicas === undefined) return [];
  return scalable.includes(String(kind))
    ? [{ key: ['replicas'], at: ['spec', 'replicas'], value: replicas }]
    : [
        {
          key: ['replicas'],
          got: String(kind),
          expected: `one of ${scalable.join(', ')}: other kinds have no replicas`,
        },
      ];
}

const podSpecPathOf = ({ kind }: Mapping): readonly string[] | undefined =>
  podSpecPaths.find(({ kinds }) => kinds.includes(String(kind)))?.path;

function labelWishes(object: Mapping, labels: Readonly<Record<string, string>>): readonly Wish[] {
  const pods = podSpecPathOf(object)?.slice(0, -1) ?? [];
  return entriesOf(labels).flatMap(([name, value]) => {
    const places: readonly Path[] = [
      ['metadata', 'labels', name],
      ...(pods.length === 0 ? [] : [[...pods, 'metadata', 'labels', name]]),
      // A selector without the label stays unchanged, because selectors are immutable.
      ...(hasAt(object, ['spec', 'selector', 'matchLabels', name]) ? [['spec', 'selector', 'matchLabels', name]] : []),
    ];
    return places.map((at) => ({ key: ['labels', name], at, value }));
  });
}

interface Container {
  readonly name: string;
  readonly at: Path;
  readonly container: Mapping;
}

function containersOf(object: Mapping): readonly Container[] {
  const spec = podSpecPathOf(object);
  if (spec === undefined) return [];
  return ['initContainers', 'containers'].flatMap((list) => {
    const containers = valueAt(object, [...spec, list]);
    return (Array.isArray(containers) ? containers : []).flatMap((container: unknown, index) =>
      isMapping(container) && typeof container.name === 'string'
        ? [{ name: container.name, at: [...spec, list, index], container }]
        : [],
    );
  });
}

/** The names of the containers of an object, which the keys of most fields name. */
export function containerNamesOf(object: Mapping): readonly string[] {
  return containersOf(object).map(({ name }) => name);
}

function containerWishes<T>(
  object: Mapping,
  field: string,
  byContainer: Readonly<Record<string, T>>,
  toWishes: (at: Path, value: T, container: Mapping) => readonly Omit<Wish, 'key'>[],
): readonly Outcome[] {
  const containers = containersOf(object);
  return entriesOf(byContainer).flatMap(([name, value]): readonly Outcome[] => {
    const key = [field, name];
    const found = containers.find((container) => container.name === name);
    if (found !== undefined) return toWishes(found.at, value, found.container).map((wish) => ({ ...wish, key }));
    const known = containers.map((container) => `"${container.name}"`).join(', ');
    return [
      { key, got: name, expected: known === '' ? 'an object with containers' : `a container of the object: ${known}` },
    ];
  });
}

// An existing variable keeps its position, whatever its source was. A new variable goes to the end of the list.
function environmentWishes(
  at: Path,
  variables: Readonly<Record<string, string>>,
  { env }: Mapping,
): readonly Omit<Wish, 'key'>[] {
  // Kubernetes expands `$(NAME)` only from earlier variables.
  const isReferring = ([, value]: [string, string]): number => Number(value.includes('$('));
  const wanted = entriesOf(variables)
    .sort((a, b) => isReferring(a) - isReferring(b))
    .map(([name, value]) => ({ name, value }));
  if (!Array.isArray(env)) return wanted.length === 0 ? [] : [{ at: [...at, 'env'], value: wanted }];
  const indexOf = ({ name }: { readonly name: string }): number =>
    env.findIndex((known: unknown) => isMapping(known) && known.name === name);
  const added = wanted.filter((variable) => indexOf(variable) < 0);
  return wanted.map((variable) => {
    const index = indexOf(variable);
    // Not `-`: KubeFed refuses a repeated path, and with it the whole object (v0.10.0, seen).
    return { at: [...at, 'env', index < 0 ? env.length + added.indexOf(variable) : index], value: variable };
  });
}

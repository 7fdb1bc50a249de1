import { builtInKinds } from './built-in-kinds.ts';
import { groupOf, listAt, type StoredObject, textAt, valueAt, versionOf } from './object.ts';

/** A kind that a server serves. */
export interface Kind {
  readonly group: string;
  /** The first one is preferred. */
  readonly versions: readonly string[];
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly isNamespaced: boolean;
  readonly verbs: string;
}

/** `deployments.apps`, as messages name a kind. */
export function resourceOf({ group, plural }: Pick<Kind, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** The preferred group and version of a kind. */
export function apiVersionOf({ group, versions: [version = 'v1'] }: Kind): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The kinds of a server: those of Kubernetes, and those of its CustomResourceDefinitions. */
export class Kinds {
  readonly #defined = new Map<string, Kind>();
  readonly #builtIn: readonly Kind[];
  readonly #named = new Map<string, Kind | undefined>();
  #all: readonly Kind[] | null = null;

  /** @param missing groups that this server does not serve: an API server of an engine runs no pods */
  constructor(missing: readonly string[] = []) {
    this.#builtIn = builtInKinds.filter(({ group }) => !missing.includes(group));
  }

  get all(): readonly Kind[] {
    this.#all ??= [...this.#builtIn, ...this.#defined.values()];
    return this.#all;
  }

  define(definition: StoredObject): void {
    this.#defined.set(definition.metadata.name, kindOf(definition));
    this.#forget();
  }

  undefine(name: string): void {
    this.#defined.delete(name);
    this.#forget();
  }

  #forget(): void {
    this.#all = null;
    this.#named.clear();
  }

  /** The kind of an object. */
  ofObject({ apiVersion, kind }: Pick<StoredObject, 'apiVersion' | 'kind'>): Kind | undefined {
    const [group, version] = [groupOf(apiVersion), versionOf(apiVersion)];
    return this.all.find((one) => one.kind === kind && one.group === group && one.versions.includes(version));
  }

  /** The kind at a path of the API: group, version and plural. */
  atPath(group: string, version: string, plural: string): Kind | undefined {
    return this.all.find((one) => one.group === group && one.plural === plural && one.versions.includes(version));
  }

  /** The kind that somebody means by `deploy`, `Deployment.apps`, or `deployments.v1.apps`. */
  named(word: string): Kind | undefined {
    if (!this.#named.has(word)) this.#named.set(word, this.#search(word));
    return this.#named.get(word);
  }

  #search(word: string): Kind | undefined {
    const [name = '', ...group] = word.toLowerCase().split('.');
    const isName = (one: Kind): boolean =>
      [one.plural, one.singular, ...one.shortNames, one.kind.toLowerCase()].includes(name);
    const matches = this.all.filter(isName);
    if (group.length === 0) return matches[0];
    const whole = group.join('.');
    const [version = '', ...rest] = group;
    return (
      matches.find((one) => one.group === whole) ??
      matches.find((one) => one.group === rest.join('.') && one.versions.includes(version)) ??
      matches.find((one) => one.group.startsWith(`${whole}.`))
    );
  }
}

function kindOf(definition: StoredObject): Kind {
  const names = valueAt(definition, 'spec', 'names');
  const served = listAt(definition, 'spec', 'versions').filter((one) => valueAt(one, 'served') !== false);
  const single = textAt(definition, 'spec', 'version');
  return {
    group: textAt(definition, 'spec', 'group'),
    versions: served.length === 0 ? [single] : served.map((one) => textAt(one, 'name')).sort(byPreference),
    kind: textAt(names, 'kind'),
    plural: textAt(names, 'plural'),
    singular: textAt(names, 'singular') || textAt(names, 'kind').toLowerCase(),
    shortNames: listAt(names, 'shortNames').filter((name) => typeof name === 'string'),
    isNamespaced: textAt(definition, 'spec', 'scope') === 'Namespaced',
    verbs: 'delete,deletecollection,get,list,patch,create,update,watch',
  };
}

// Kubernetes prefers v2 to v1, and v1 to v1beta1.
function byPreference(one: string, other: string): number {
  const rank = (version: string): number => {
    const [, major = '0', stage = '', minor = '0'] = /^v(\d+)(alpha|beta)?(\d*)$/.exec(version) ?? [];
    return Number(major) * 100 + Number(minor === '' ? 0 : minor) + { '': 1e6, beta: 1e5, alpha: 0 }[stage as ''];
  };
  return rank(other) - rank(one);
}

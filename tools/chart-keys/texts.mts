/** The keys of values in the texts of Istio's charts and of istioctl's types: `npm run chart-keys`. */

/** Keys, and the keys below each. An empty mapping may hold anything. */
export interface KeyTree {
  readonly [key: string]: KeyTree;
}

/** The tree with one more path. */
export function addPath(tree: KeyTree, [key, ...rest]: readonly string[]): KeyTree {
  if (key === undefined) return tree;
  return { ...tree, [key]: addPath(tree[key] ?? {}, rest) };
}

/** All keys of several trees, in the order of the alphabet. */
export function union(...trees: readonly KeyTree[]): KeyTree {
  const keys = [...new Set(trees.flatMap((tree) => Object.keys(tree)))].sort();
  return Object.fromEntries(keys.map((key) => [key, union(...trees.flatMap((tree) => tree[key] ?? []))]));
}

/** The keys of a chart's values.yaml, whose defaults are below a key of their own. */
export function keysOfDefaults(values: unknown): KeyTree {
  return treeOf((values as Readonly<Record<string, unknown>>)._internal_defaults_do_not_set);
}

function treeOf(node: unknown): KeyTree {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return {};
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, treeOf(child)]));
}

/** The paths whose default is an empty mapping: templates read whatever is in them. */
export function openDefaults(values: unknown): readonly string[] {
  const pathsIn = (node: unknown, above: readonly string[]): readonly string[] => {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return [];
    const children = Object.entries(node);
    if (children.length === 0) return [above.join('.')];
    return children.flatMap(([key, child]) => pathsIn(child, [...above, key]));
  };
  return pathsIn((values as Readonly<Record<string, unknown>>)._internal_defaults_do_not_set, []);
}

/** The paths that a template reads as a whole: `range .Values.a`, `toYaml .Values.a`, `with .Values.a`, `$x := .Values.a`. */
export function openInTemplate(text: string): readonly string[] {
  const uses = /(?:range (?:[$\w, ]+:= )?|toYaml |with |include "\w+" |:= |\| merge )\$?\.Values\.([\w.]+)(?![\w.])/g;
  return [...text.matchAll(uses), ...text.matchAll(/\.Values\.([\w.]+) *\| *(?:toYaml|toJson)/g)].map(
    ([, path = '']) => path,
  );
}

// Requests and limits of every resource: templates print them as a whole.
const resources = /(^|\.)(defaultR|r)esources$/;

/** The tree with nothing below some paths, so that anything may be there. */
export function opened(tree: KeyTree, paths: readonly string[], above = ''): KeyTree {
  const entries = Object.entries(tree).map(([key, child]) => {
    const path = `${above}${key}`;
    return [key, paths.includes(path) || resources.test(path) ? {} : opened(child, paths, `${path}.`)] as const;
  });
  return Object.fromEntries(entries);
}

/** The values that a template names: `.Values.a.b`, `($.Values.a).b`, `dig "a" "b" default .Values`. */
export function keysOfTemplate(text: string): KeyTree {
  const dotted = [...text.matchAll(/\.Values((?:\)?\.[A-Za-z]\w*)+)/g)].map(([, path = '']) =>
    path.replaceAll(')', ''),
  );
  const dug = [...text.matchAll(/dig ((?:"\w+" )+)\S+ \$?\.Values/g)].map(([, words = '']) =>
    words.trim().replaceAll(/"/g, '').split(' '),
  );
  return [...dotted.map((path) => path.slice(1).split('.')), ...dug]
    .filter(([first]) => !/^(_|defaults$)/.test(first ?? ''))
    .reduce<KeyTree>(addPath, {});
}

const blocks = /^message (\w+) \{([\s\S]*?)^\}/gm;
const field = /^ {2}(?:repeated )?([\w.]+|map<[^>]*>) (\w+) = \d+(?:.*json_name *= *"([^"]+)")?/gm;

/** The keys of message Values of istioctl's own types. Kubernetes' own types are open. */
export function keysOfProto(text: string): KeyTree {
  const messages = new Map([...text.matchAll(blocks)].map(([, name = '', body = '']) => [name, body]));
  const keysOf = (name: string, above: readonly string[]): KeyTree => {
    const fields = [...(messages.get(name) ?? '').matchAll(field)];
    const below = (type: string): KeyTree => (above.includes(type) ? {} : keysOf(type, [...above, type]));
    return Object.fromEntries(fields.map(([, type = '', name = '', key = name]) => [key, below(type)]));
  };
  return keysOf('Values', ['Values']);
}

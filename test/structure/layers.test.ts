import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { describe, expect, test } from 'vitest';
import { groupBy } from '../../constructs/domain/group-by.ts';
import { modelSlices } from '../../constructs/slices.ts';
import { listFiles } from '../support/files.ts';

const root = join(import.meta.dirname, '../..');
const filesOf = (room: string): readonly { readonly file: string; readonly text: string }[] =>
  listFiles(join(root, room)).map((file) => ({ file, text: readFileSync(join(root, room, file), 'utf8') }));
const files = filesOf('constructs');
const commandFiles = filesOf('command');

// The arrows of ARCHITECTURE.md: the layers that a layer may import, besides itself.
const arrows: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  model: ['domain', 'imports'],
  plan: ['domain', 'model', 'imports'],
  parts: ['domain', 'model', 'imports'],
  charts: ['domain', 'model', 'plan', 'parts', 'imports'],
  delivery: ['domain', 'model', 'plan', 'parts', 'charts'],
};

/** The layer of a file, and its slice, if any: `engines/kubefed`. A slice has the same layers. */
interface Room {
  readonly slice: string | null;
  readonly layer: string;
}

function roomOf(path: string): Room {
  const [first = '', name = '', third = ''] = path.split('/');
  const layerOf = (step: string): string => step.replace(/\.ts$/, '');
  return ['engines', 'trust', 'gitops'].includes(first) && third !== ''
    ? { slice: `${first}/${name}`, layer: layerOf(third) }
    : { slice: null, layer: layerOf(first) };
}

// These files put slices together: the tables, their rows, and the files that connect them to the layers.
const isComposition = (path: string): boolean => path === 'slices.ts' || path.endsWith('index.ts');

function mayImport(from: Room, to: Room): boolean {
  const isBelow = to.layer === from.layer || (arrows[from.layer] ?? []).includes(to.layer);
  return isBelow && (to.slice === null || to.slice === from.slice);
}

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/\bfrom '([^']+)'/g)].flatMap(([, specifier]) => specifier ?? []);
}

function innerImportsOf({ file, text }: { readonly file: string; readonly text: string }): readonly string[] {
  return importsOf(text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(dirname(file), specifier)).replace('../imports/', 'imports/'));
}

describe.each(files.filter(({ file }) => !isComposition(file)))('constructs/$file', ({ file, text }) => {
  test('imports only from the layers below it', () => {
    const wrong = innerImportsOf({ file, text }).filter((path) => !mayImport(roomOf(file), roomOf(path)));
    expect(wrong).toEqual([]);
  });

  test('is short, and describes each export', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(250);
    expect(bareExportsOf(text)).toEqual([]);
  });
});

describe.each(commandFiles)('command/$file', ({ file, text }) => {
  // Each command has a folder of its own, and no command imports from another one's.
  const isForeign = (path: string): boolean =>
    file.includes('/') && !path.startsWith('../') && ![dirname(file), 'terminal', 'project'].includes(dirname(path));

  test('imports only from its own folder, the terminal and constructs/', () => {
    const inner = importsOf(text).filter((specifier) => /^\..*\.ts$/.test(specifier));
    expect(inner.map((specifier) => normalize(join(dirname(file), specifier))).filter(isForeign)).toEqual([]);
  });

  test('is short, and describes each export', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(150);
    expect(bareExportsOf(text)).toEqual([]);
  });
});

describe.each(filesOf('operations'))('operations/$file', ({ file, text }) => {
  // What acts on clusters lies on top of how clusters are asked, and both on how programs are run.
  const asking = ['tools', 'plan', 'clusters', 'clusters/facts'];
  const ofRuns = [...asking, 'run', 'record', 'programs', 'conditions'];
  const ofUndoing = [...ofRuns, 'removal', 'undoing'];
  const ofEngines = [...ofUndoing, 'engines', 'engines/kubefed', 'engines/karmada'];
  const ofChecks = [...ofEngines, 'preflight', 'preflight/clusters'];
  const slices = ['kubefed', 'karmada'].flatMap((engine) =>
    ['', '/steps', '/undo'].map((part) => `engines/${engine}${part}`),
  );
  const checks = ['cacerts', 'clusters', 'records', 'engines', 'rights', 'trust'].map((room) => `preflight/${room}`);
  const below: Readonly<Record<string, readonly string[]>> = {
    tools: [],
    plan: [],
    clusters: ['tools', 'plan', 'clusters/asking', 'clusters/facts'],
    'clusters/asking': ['tools', 'clusters'],
    'clusters/facts': ['clusters'],
    programs: [...asking, 'run'],
    conditions: [...asking, 'run'],
    removal: ofRuns,
    undoing: [...ofRuns, 'removal'],
    engines: [...ofUndoing, ...slices],
    ...Object.fromEntries(slices.map((slice) => [slice, ofEngines])),
    steps: ofEngines,
    gates: ofEngines,
    ...Object.fromEntries(checks.map((room) => [room, ofChecks])),
    preflight: [...ofChecks, ...checks],
    prune: ofEngines,
    discover: [...asking, 'record'],
    status: [...asking, 'record', 'lease'],
    apply: [...ofEngines, 'lease', 'steps', 'gates', 'preflight', 'prune'],
    'destroy/commands': ofEngines,
    'destroy/remains': ofUndoing,
    'destroy/checks': [...ofEngines, 'destroy/commands'],
    destroy: [...ofEngines, 'lease', 'apply', 'destroy/checks', 'destroy/commands', 'destroy/remains'],
    'verify/links': [...asking, 'verify/expected'],
    'verify/proxies': [...asking, 'verify/expected', 'verify/links'],
    verify: [...asking, 'verify/expected', 'verify/links', 'verify/proxies'],
  };
  const layer = dirname(file);

  test('imports only what lies before it', () => {
    const inner = importsOf(text).filter((specifier) => /^\..*\.ts$/.test(specifier));
    const rooms = inner.map((specifier) => normalize(join('operations', layer, specifier)));
    const allowed = [layer, ...(below[layer] ?? asking)].map((name) => `operations/${name}`);
    expect(rooms.filter((path) => !path.startsWith('constructs/') && !allowed.includes(dirname(path)))).toEqual([]);
  });

  test('is about one thing, and says what each export is for', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(150);
    expect(bareExportsOf(text)).toEqual([]);
  });
});

function bareExportsOf(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.filter(
    (line, index) => /^export (?!\{|type \{|\*)/.test(line) && !/\*\/\s*$/.test(lines[index - 1] ?? ''),
  );
}

test('only parts and charts import more than types from imports/', () => {
  const others = files.filter(({ file }) => !['parts', 'charts'].includes(roomOf(file).layer));
  const values = others.filter(({ text }) => /^import (?!type )[^;]*from '[./]*\/imports\//m.test(text));
  expect(values.map(({ file }) => file)).toEqual([]);
});

test('no slice imports another one', () => {
  const ofSlices = files.filter(({ file }) => roomOf(file).slice !== null);
  const foreign = ofSlices.flatMap(({ file, text }) =>
    innerImportsOf({ file, text }).filter((path) => {
      const { slice } = roomOf(path);
      return slice !== null && slice !== roomOf(file).slice;
    }),
  );
  expect(foreign).toEqual([]);
});

describe('outside of its slice', () => {
  const { engines, trusts } = modelSlices;
  const names = [...engines, ...trusts].map(({ facts }) => facts.name);
  const titles = engines.map(({ facts }) => facts.title);
  // The patterns match a title of one word, as its project spells it, and every name as a string of its own.
  const patterns = [
    ...titles.filter((title) => /^\w+$/.test(title)).map((title) => new RegExp(title, 'i')),
    ...names.map((name) => new RegExp(`['"\`]${name}['"\`]`)),
  ];
  const outer = files.filter(({ file }) => roomOf(file).slice === null && !isComposition(file));

  test('the patterns cover the names of the tables', () => {
    const some = [
      '/KubeFed/i',
      '/Karmada/i',
      '/[\'"`]plain[\'"`]/',
      '/[\'"`]existing[\'"`]/',
      '/[\'"`]federated-secret[\'"`]/',
    ];
    expect(patterns.map(String)).toEqual(expect.arrayContaining(some));
  });

  test.each(outer)('constructs/$file names no engine and no trust backend', ({ file, text }) => {
    // Comments may cite them as sources.
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, '');
    expect(patterns.filter((pattern) => pattern.test(file) || pattern.test(code)).map(String)).toEqual([]);
  });
});

test('no script names an engine', () => {
  const scripts = listFiles(join(root, 'scripts'));
  const named = scripts.filter((file) => {
    // The name of a program is not the name of its engine.
    const text = readFileSync(join(root, 'scripts', file), 'utf8').replaceAll('kubefedctl', '');
    return /kubefed|karmada/i.test(text);
  });
  expect(named).toEqual([]);
});

describe('folders', () => {
  const folders = groupBy(files, ({ file }) => dirname(file));

  // Fixtures and goldens are as many as their cases.
  const everywhere = ['constructs', 'command', 'operations', 'scripts', 'tools', 'docs', 'test']
    .flatMap((room) => listFiles(join(root, room)).map((file) => `${room}/${file}`))
    .filter((file) => !/^(test\/(fixtures|golden)|docs\/decisions)\//.test(file));

  test('have at most 14 files each', () => {
    const large = [...groupBy(everywhere, dirname)].filter(([, inside]) => inside.length > 14);
    expect(large.map(([folder, inside]) => `${folder}: ${inside.length}`)).toEqual([]);
  });

  // A folder for a single file hides the file.
  test('have more than one file, or folders inside', () => {
    const hasFolders = (folder: string): boolean => [...folders.keys()].some((other) => other.startsWith(`${folder}/`));
    const single = [...folders].filter(([folder, inside]) => inside.length === 1 && !hasFolders(folder));
    expect(single.map(([folder]) => folder)).toEqual([]);
  });
});

test('no file imports itself through other files', () => {
  const graph = new Map(files.map(({ file, text }) => [file, innerImportsOf({ file, text: withoutTypes(text) })]));
  expect([...graph.keys()].flatMap((file) => cycleFrom(graph, [file]))).toEqual([]);
});

// Removes imports of types, which do not exist when the program runs.
function withoutTypes(text: string): string {
  return text.replaceAll(/^import type [^;]*;$/gm, '');
}

function cycleFrom(graph: ReadonlyMap<string, readonly string[]>, way: readonly string[]): readonly string[] {
  const [start = ''] = way;
  for (const next of graph.get(way.at(-1) ?? '') ?? []) {
    if (next === start) return [[...way, start].join(' -> ')];
    if (next < start || way.includes(next) || !graph.has(next)) continue;
    const found = cycleFrom(graph, [...way, next]);
    if (found.length > 0) return found;
  }
  return [];
}

// A file of facts alone needs no test, since a test could only repeat its rows.
test('each file of domain/ with a function has a test of its name', () => {
  const withLogic = files.filter(
    ({ file, text }) => roomOf(file).layer === 'domain' && /^export function /m.test(text),
  );
  const tests = withLogic.map(
    ({ file }) => `test/unit/${file.replace(/(engines\/\w+)\/domain/, '$1').replace(/ts$/, 'test.ts')}`,
  );
  expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('only main.ts, the command, the writer and the readers use files and the environment', () => {
  const touching = files.filter(({ text }) =>
    /from 'node:(fs|child_process|http|https|net|os|process)'|process\.(env|exit|cwd)/.test(text),
  );
  const others = touching.map(({ file }) => file).filter((file) => !file.startsWith('delivery/directory/'));
  expect(others.sort()).toEqual([
    'delivery/script-files.ts',
    // It uses BlockList, which opens nothing.
    'domain/addresses/unreachable.ts',
    'model/documents/project.ts',
    'model/documents/read-text.ts',
    'model/load.ts',
    'model/manifests/read-manifests.ts',
    // Where this package is, for the names of its pages.
    'model/package-directory.ts',
    'model/problems/pages.ts',
    // These use isIP, which opens nothing.
    'model/resolution/resolve-clusters.ts',
    'model/resolution/resolve-gateway.ts',
    'model/rules/clusters/gateway-addresses.ts',
    'model/rules/clusters/lock.ts',
    'model/rules/clusters/primaries.ts',
    'model/rules/istio/declared-values.ts',
    'plan/control-planes/dual-stack.ts',
    'plan/control-planes/gateways.ts',
    'plan/control-planes/istiod-endpoints.ts',
  ]);
});

test('main.ts is a table of contents: no more than about 30 lines', () => {
  expect(readFileSync(join(root, 'main.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(35);
});

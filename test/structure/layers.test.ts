import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../support/files.ts';

const root = join(import.meta.dirname, '../..');
const files = listFiles(join(root, 'constructs')).map((file) => ({
  file,
  text: readFileSync(join(root, 'constructs', file), 'utf8'),
}));

// The arrows of ARCHITECTURE.md: which layers a layer may import, beside itself.
const arrows: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  model: ['domain', 'imports'],
  plan: ['domain', 'model', 'imports'],
  parts: ['domain', 'model', 'imports'],
  charts: ['domain', 'model', 'plan', 'parts', 'imports'],
  delivery: ['domain', 'model', 'plan', 'parts', 'charts'],
};

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/\bfrom '([^']+)'/g)].flatMap(([, specifier]) => specifier ?? []);
}

const layerOf = (path: string): string => path.split('/')[0] ?? '';

describe.each(files.filter(({ file }) => file !== 'index.ts'))('constructs/$file', ({ file, text }) => {
  const layer = layerOf(file);

  test('imports only what lies before it', () => {
    const allowed = [layer, ...(arrows[layer] ?? [])];
    const inner = importsOf(text).filter((specifier) => specifier.startsWith('.'));
    const layers = inner.map((specifier) =>
      layerOf(normalize(join(dirname(file), specifier)).replace('../imports/', 'imports/')),
    );
    expect(layers.filter((other) => !allowed.includes(other))).toEqual([]);
  });

  test('is about one thing: at most 250 lines', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(250);
  });

  test('says what each export is for', () => {
    const lines = text.split('\n');
    const bare = lines.filter(
      (line, index) => /^export (?!\{|type \{|\*)/.test(line) && !/\*\/\s*$/.test(lines[index - 1] ?? ''),
    );
    expect(bare).toEqual([]);
  });
});

test('only parts and charts take more than types from imports/', () => {
  const others = files.filter(({ file }) => !['parts', 'charts'].includes(layerOf(file)));
  const values = others.filter(({ text }) => /^import (?!type )[^;]*from '[./]*\/imports\//m.test(text));
  expect(values.map(({ file }) => file)).toEqual([]);
});

test('only main.ts, the writer and the readers of files touch the outside', () => {
  const touching = files.filter(({ text }) =>
    /from 'node:(fs|child_process|http|https|net|os|process)'|process\.(env|exit|cwd)/.test(text),
  );
  expect(touching.map(({ file }) => file).sort()).toEqual([
    'delivery/scripts.ts',
    'delivery/write.ts',
    'model/documents/project.ts',
    'model/documents/read-document.ts',
    'model/load.ts',
    'model/manifests/read-manifests.ts',
    // isIP, which opens nothing.
    'model/rules/clusters/gateways.ts',
    'model/rules/clusters/lock.ts',
    'model/rules/clusters/primaries.ts',
    'model/rules/istio/declared-values.ts',
    'plan/control-planes/gateways.ts',
  ]);
});

test('main.ts is a table of contents: no more than about 30 lines', () => {
  expect(readFileSync(join(root, 'main.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(35);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { waves } from '../../constructs/plan/waves.ts';
import { modelSlices } from '../../constructs/slices.ts';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

describe('docs/output.md', () => {
  const page = read('docs/output.md');
  const firstCells = (heading: string): readonly string[] => {
    const [, section = ''] = page.split(`\n${heading}\n`);
    return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `?([\w-]+)`? \|/gm)].flatMap(([, cell]) => cell ?? []);
  };

  test('has a row for each wave, with its gate, in the order of the table', () => {
    const rows = [...page.matchAll(/^\| (\d\d-[\w-]+) \|.*\| ([^|]*) \|$/gm)];
    expect(rows.map(([, directory]) => directory)).toEqual(Object.values(waves).map(({ directory }) => directory));
    const gates = Object.values(waves).map(({ gate }) => gate ?? '-');
    expect(rows.filter(([, , cell = ''], index) => !cell.includes(gates[index] ?? '')).map(([row]) => row)).toEqual([]);
  });

  test('has a row for each action of a step, and no other', () => {
    const union = read('constructs/plan/steps/step.ts');
    // The table calls a step that only waits `none`.
    const actions = [...union.matchAll(/readonly action: '([\w-]+)'/g)].map(([, action = '']) =>
      ['preflight', 'verify'].includes(action) ? 'none' : action,
    );
    expect(actions.length).toBeGreaterThan(7);
    const listed = firstCells('## plan.tsv').filter((cell) => actions.includes(cell) || cell.includes('-'));
    expect([...new Set(listed)].sort()).toEqual([...new Set(actions)].sort());
  });

  test('has a row for each column of plan.tsv', () => {
    const [header = ''] = read('dist/plan.tsv').split('\n');
    for (const column of header.replace('...', '').split('\t'))
      expect(page).toMatch(new RegExp(`^\\| [\\w, ]*\\b${column}\\b`, 'm'));
  });
});

test('docs/rules.md lists every engine and every trust backend by its name', () => {
  const rowOf = (id: string): string =>
    read('docs/rules.md').match(new RegExp(`^\\| \`${id}\` \\|.*$`, 'm'))?.[0] ?? '';
  for (const {
    facts: { name },
  } of modelSlices.engines)
    expect(rowOf('engine-is-known')).toContain(`\`${name}\``);
  for (const {
    facts: { name },
  } of modelSlices.trusts)
    expect(rowOf('cacerts-is-known')).toContain(`\`${name}\``);
});

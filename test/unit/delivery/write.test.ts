import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderKustomizations } from '../../../constructs/delivery/kustomizations.ts';
import { renderPlanTable } from '../../../constructs/delivery/tables/plan-table.ts';
import { writeOutput } from '../../../constructs/delivery/write.ts';
import type { Federation } from '../../../constructs/model/federation.ts';
import { readTree } from '../../support/files.ts';
import { makeProject } from '../../support/project.ts';

const files = [
  { path: 'plan.tsv', content: 'plan\n' },
  { path: 'host/a.yaml', content: 'a: 1\n' },
];

describe('writeOutput', () => {
  test('creates the directory, and replaces the former output as a whole', () => {
    const directory = join(makeProject({}), 'deep/dist');
    writeOutput(directory, [...files, { path: 'host/stale.yaml', content: 'b: 1\n' }]);
    writeOutput(directory, files);
    expect(readTree(directory)).toEqual({ 'plan.tsv': 'plan\n', 'host/a.yaml': 'a: 1\n' });
    expect(readdirSync(join(directory, '..'))).toEqual(['dist']);
  });

  test('keeps the former output when a file cannot be written', () => {
    const directory = join(makeProject({}), 'dist');
    writeOutput(directory, files);
    // `host` cannot be both a file and a directory.
    expect(() => writeOutput(directory, [...files, { path: 'host', content: 'x' }])).toThrow(/EISDIR/);
    expect(readTree(directory)).toEqual({ 'plan.tsv': 'plan\n', 'host/a.yaml': 'a: 1\n' });
    expect(readdirSync(join(directory, '..')).sort()).toEqual(['cdk8s.yaml', 'dist']);
  });

  test('refuses a directory with files of somebody else', () => {
    const directory = makeProject({ 'notes/todo.txt': 'keep me' });
    expect(() => writeOutput(join(directory, 'notes'), files)).toThrow(/contains files that are not an output/);
    expect(() => writeOutput('.', files)).toThrow(/contains the working directory/);
    expect(() => writeOutput('..', files)).toThrow(/contains the working directory/);
  });
});

test('a table refuses a value that would break its rows', () => {
  const target = { name: 'host', kubeContext: 'a\tb', uid: null };
  const step = {
    wave: 'verify',
    target,
    action: 'verify',
    gate: null,
    engine: null,
    needs: [],
    brings: [],
    undo: null,
  } as const;
  expect(() => renderPlanTable([step])).toThrow(/tab or a line end/);
});

test('a kustomization lists what is applied, in the order of the plan', () => {
  const federation = { declaration: 'federation.yaml', engine: { api: null } } as Federation;
  const file = { target: 'host', wave: 'federation', cause: 'workloads', content: '', objects: [] } as const;
  const [kustomization, ...others] = renderKustomizations(federation, [
    { ...file, path: 'host/60-federation/namespaces.yaml', isApplied: true },
    { ...file, path: 'host/60-federation/a.yaml', isApplied: true },
    { ...file, path: 'host/60-federation/istiod.yaml', isApplied: false },
  ]);
  expect(others).toEqual([]);
  expect(kustomization?.content.split('\n').slice(3)).toEqual(['resources:', '  - namespaces.yaml', '  - a.yaml', '']);
});

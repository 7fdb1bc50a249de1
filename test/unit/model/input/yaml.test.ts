import { describe, expect, test } from 'vitest';
import { declareManifest, problemsIn, problemsOfManifest } from '../../../support/problems.ts';
import { makeProject } from '../../../support/project.ts';

const settings = (data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n${data}`;

const laughs = Array.from({ length: 9 }, (_, level) => {
  const before = level === 0 ? 'ha' : `*a${level - 1}`;
  return `a${level}: &a${level} [${Array.from({ length: 10 }, () => before).join(', ')}]\n`;
}).join('');

describe('a manifest that would take all memory or all time', () => {
  test.each([
    ['aliases that multiply', settings(laughs), /aliases that repeat too much/],
    [
      'aliases of a long text',
      settings(`a: &a ${'x'.repeat(100_000)}\nb: [${'*a, '.repeat(1000)}]\n`),
      /aliases that repeat too much/,
    ],
    ['merge keys that multiply', settings(laughs.replaceAll('[ha', '[{ha: 1}')), /aliases that repeat too much/],
    ['an alias inside its own value', settings('a: &a [*a]\n'), /the alias \*a inside the value that it names/],
    ['an alias without an anchor', settings('a: *b\n'), /the alias \*b without an anchor before it/],
    ['brackets without end', settings(`a: ${'['.repeat(100_000)}`), /values inside values without end/],
    ['closed brackets', settings(`a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`), /values inside values without end/],
    ['braces without end', settings(`a: ${'{b: '.repeat(100_000)}`), /values inside values without end/],
    ['dashes without end', `${'- '.repeat(100_000)}\n`, /values inside values without end/],
    ['question marks without end', `${'? '.repeat(100_000)}\n`, /values inside values without end/],
    [
      'aliases that nest',
      settings(`a: &a ${'['.repeat(200)}${']'.repeat(200)}\nb: ${'['.repeat(200)}*a${']'.repeat(200)}\n`),
      /values inside values without end/,
    ],
  ])('because of %s is a problem', (_, text, reason) => {
    const project = makeProject({ 'federation.yaml': declareManifest('a.yaml'), 'a.yaml': text });
    const [problem, ...others] = problemsIn(project);
    expect(problem?.got).toMatch(reason);
    expect(problem?.rule).toBe('manifest-file-is-yaml');
    expect(problem?.at.file).toBe('a.yaml');
    expect(others).toEqual([]);
  });

  test('because of 100,000 keys, documents or mistakes is read in one pass', () => {
    const many = (entry: (index: number) => string): string =>
      Array.from({ length: 100_000 }, (_, index) => entry(index)).join('');
    expect(problemsOfManifest(settings(`data:\n${many((index) => `  k${index}: v\n`)}`))).toEqual([]);
    expect(problemsOfManifest(settings(`data: {${many((index) => `k${index}: v, `)}}`))).toEqual([]);
    expect(problemsOfManifest(many(() => '---\n'))).toEqual(['20003:4 manifest-file-is-yaml']);
    expect(problemsOfManifest(settings(many((index) => `k${index}: v\n`)))).toHaveLength(100_000);
  });
});

describe('YAML', () => {
  test('with anchors that are used often is honest', () => {
    const uses = Array.from({ length: 5000 }, (_, index) => `  k${index}: *v\n`).join('');
    expect(problemsOfManifest(settings(`data:\n  first: &v some text\n${uses}`))).toEqual([]);
    expect(
      problemsOfManifest(settings('data: {<<: &a {b: c}, d: e}\n---\n') + settings('').replace('settings', 'b')),
    ).toEqual([]);
  });

  test.each([
    ['data:\n  a: b\n  a: c\n', '6:3 manifest-file-is-yaml'],
    ['data: {"1": b, 1: c}\n', '4:16 manifest-file-is-yaml'],
    ['data: {a: b, <<: 5}\n', '4:14 manifest-file-is-yaml'],
    ['data:\n  __proto__: b\n', '5:3 manifest-key-is-plain-data'],
    ['data:\n  constructor: b\n', '5:3 manifest-key-is-plain-data'],
    ['spec: [1e999]\n', '4:8 manifest-number-is-exact'],
    ['spec: [.nan]\n', '4:8 manifest-number-is-exact'],
    ['spec: [-.inf]\n', '4:8 manifest-number-is-exact'],
    ['spec: [0o17]\n', '4:8 manifest-scalar-is-unambiguous'],
    ['data:\n  a: !!js/function "function () {}"\n', '5:20 manifest-has-no-tags'],
    ['data:\n  a: !<tag:example.org,2026:x> b\n', '5:32 manifest-has-no-tags'],
    ['data:\n  a: !!binary aGVsbG8=\n', '5:15 manifest-has-no-tags'],
    ['data:\n  a: !!timestamp 2026-01-01\n', '5:18 manifest-has-no-tags'],
  ])('with %j is a problem at its place', (data, problem) => {
    expect(problemsOfManifest(settings(data))).toContain(problem);
  });

  test('has the same schema with a directive of any version', () => {
    for (const version of ['1.1', '1.2'])
      expect(problemsOfManifest(`%YAML ${version}\n---\n${settings('data: {a: 2026-01-01, b: text}\n')}`)).toEqual([]);
    expect(problemsOfManifest(`%YAML 1.1\n---\n${settings('data: {a: yes}\n')}`)).toContain(
      '6:11 manifest-scalar-is-unambiguous',
    );
    expect(problemsOfManifest('%FOO\n')).toEqual(['1:1 manifest-file-is-not-empty']);
  });
});

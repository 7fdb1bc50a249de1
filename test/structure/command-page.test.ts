import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repositoryFiles } from '../../command/init/files.ts';
import { packageFile } from '../../command/init/package-file.ts';
import { ownPackage } from '../../command/project/own-package.ts';
import { renderJson } from '../../command/verify/report.ts';
import { demo } from '../support/command-test.ts';
import { listFiles } from '../support/files.ts';
import { blocksOf, readPage, sectionOf } from '../support/pages.ts';
import { makeProject } from '../support/project.ts';
import { runCommand } from '../support/run-command.ts';

const page = readPage('docs/command.md');

/** First cells of the tables of a text, as they are written. */
function firstCells(text: string): readonly string[] {
  return [...text.matchAll(/^\| (`[^|]*`|\d) \|/gm)].flatMap(([, cell]) => cell ?? []);
}

// Everything in backticks, one by one: `-f`, `--file <file>`.
const codesOf = (cells: readonly string[]): readonly string[] =>
  cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code ?? []));

/** Options and arguments of a help, with their values. */
async function wordsOfHelp(...words: readonly string[]): Promise<readonly string[]> {
  const { status, out } = await runCommand([...words, '--help']);
  expect(status).toBe(0);
  const [, options = ''] = out.split('\nOptions:\n');
  const ofOptions = [...options.matchAll(/^ {2}(-.*?)(?: {2}|$)/gm)].flatMap(([, option = '']) => option.split(', '));
  return [...ofOptions, ...[...out.matchAll(/^Usage: .*(<\w+>)$/gm)].flatMap(([, argument]) => argument ?? [])];
}

describe.each(['init', 'synth', 'apply', 'status', 'discover', 'verify', 'destroy'])('the section of %s', (command) => {
  const [table = ''] = sectionOf(page, command).split('\n### ');

  test('has a row for each option of --help, and no other', async () => {
    const described = codesOf(firstCells(table)).filter((code) => /^(-|<)/.test(code));
    expect([...described].sort()).toEqual([...(await wordsOfHelp(command))].sort());
  });

  test('names every word that an option may have', async () => {
    const { out } = await runCommand([command, '--help']);
    const choices = [...out.matchAll(/"([\w-]+)"/g)].flatMap(([, choice]) => choice ?? []);
    expect(choices.filter((choice) => !table.includes(`\`${choice}\``))).toEqual([]);
  });
});

test('names the options of the program itself', async () => {
  for (const option of await wordsOfHelp()) if (option.length > 2) expect(page).toContain(option);
});

test('the exit codes are those of --help', async () => {
  const { out } = await runCommand(['--help']);
  const [, codes = ''] = out.split('\nExit codes:\n');
  const numbers = [...codes.matchAll(/^ {2}(\d) /gm)].flatMap(([, number]) => number ?? []);
  expect(numbers.length).toBeGreaterThan(2);
  expect(firstCells(page.split('\n## ')[0] ?? '')).toEqual(numbers);
});

test('every environment variable that the command reads is named', () => {
  const sources = listFiles('command').map((file) => readPage(`command/${file}`));
  const variables = sources.flatMap((text) => [...text.matchAll(/process\.env\.(\w+)/g)].flatMap(([, name]) => name));
  // The name of a terminal is no setting of ours.
  const settings = new Set(variables.filter((name) => name !== 'TERM'));
  expect(settings.size).toBeGreaterThan(2);
  expect([...settings].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('every file that init writes has a row', () => {
  const answers = {
    name: 'demo',
    clusters: [],
    topology: 'multi-primary',
    engine: 'plain',
    gitops: null,
    packageSpec: '',
  };
  const rows = codesOf(firstCells(sectionOf(page, 'init')));
  const files = repositoryFiles(answers).map(({ path }) => path);
  expect(files.filter((file) => !rows.includes(file))).toEqual([]);
});

test('a repository that exists gets the dependencies, overrides and scripts that init would write', () => {
  const shown = JSON.parse(blocksOf(page).find(({ language }) => language === 'json')?.text ?? '{}') as object;
  const { version } = JSON.parse(readPage('package.json')) as { readonly version: string };
  expect(ownPackage().name).toBe('mesh-federation');
  const { scripts, dependencies, overrides } = JSON.parse(packageFile('demo', version)) as Record<string, object>;
  expect(shown).toEqual({ scripts, dependencies, overrides });
  // init sends its user here.
  expect(page).toContain('\n### In a repository that exists\n');
});

test('every export of the package is named', () => {
  const { exports } = JSON.parse(readPage('package.json')) as { readonly exports: Readonly<Record<string, unknown>> };
  const names = Object.keys(exports).filter((name) => !['.', './package.json'].includes(name));
  expect(names.filter((name) => !page.includes(`\`${name.replace('.', 'mesh-federation')}\``))).toEqual([]);
});

describe('the JSON document', () => {
  const section = page.split('\n### The JSON document\n')[1]?.split('\n## ')[0] ?? '';
  const described = codesOf(firstCells(section)).filter((code) => code !== 'null');
  const jsonOf = async (project: string, ...words: readonly string[]): Promise<Record<string, unknown>> => {
    const run = await runCommand(['synth', '-f', join(project, 'federation.yaml'), '--json', ...words]);
    expect(run.err).toBe('');
    return JSON.parse(run.out) as Record<string, unknown>;
  };

  test('has a row for each key, and no other', async () => {
    const document = await jsonOf(makeProject({ 'federation.yaml': demo }));
    expect(described.filter((key) => /^\w+$/.test(key))).toEqual(Object.keys(document));
  });

  test('has the outcomes and the inner keys that the rows name', async () => {
    // GIVEN one document for each outcome
    const project = makeProject({ 'federation.yaml': demo });
    const stale = await jsonOf(project, '--check');
    const written = await jsonOf(project);
    const current = await jsonOf(project, '--check');
    writeFileSync(join(project, 'dist/notes.txt'), 'foreign');
    const mistake = await jsonOf(project);
    const refused = await jsonOf(makeProject({ 'federation.yaml': 'name: 7\n' }));
    // THEN
    const documents = { stale, written, current, mistake, refused };
    for (const [outcome, document] of Object.entries(documents)) {
      expect(document).toMatchObject({ outcome });
      expect(section).toContain(`\`${outcome}\``);
    }
    const inner = [firstOf(refused, 'problems'), firstOf(stale, 'stale'), written.summary as object];
    for (const key of inner.flatMap((object) => Object.keys(object)))
      expect(section).toMatch(new RegExp(`[.\`]${key}[\`[]`));
  });
});

function firstOf(document: Record<string, unknown>, key: string): object {
  return (document[key] as readonly object[])[0] ?? {};
}

test('the result of verify as JSON has a row for each key, and names the keys of a row', () => {
  const section = page.split('\n### The result as JSON\n')[1]?.split('\n## ')[0] ?? '';
  const problem = { problem: 'a', fix: 'b' };
  const row = { client: 'a', service: 'b', port: 1, serving: null, endpoint: 'c', state: 'ok', calls: null } as const;
  const document = JSON.parse(renderJson({ rows: [row], problems: [problem] })) as object;
  expect(codesOf(firstCells(section)).map((key) => key.replace('[]', ''))).toEqual(Object.keys(document));
  for (const key of [...Object.keys(row), ...Object.keys(problem)]) expect(section).toContain(`\`${key}\``);
});

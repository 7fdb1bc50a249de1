import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeOutput } from '../../../../constructs/delivery/directory/write.ts';
import type { OutputFile } from '../../../../constructs/delivery/output-file.ts';
import { readTree } from '../../../support/files.ts';
import { makeProject } from '../../../support/project.ts';

const owner = { federation: 'demo', declaration: 'federation.yaml' };

/** An output of these files, with the list that names them. */
function outputOf(files: Readonly<Record<string, string>>, by = owner): { owner: typeof owner; files: OutputFile[] } {
  const list = { ...by, files: [...Object.keys(files), 'output.json'].sort() };
  const all = { ...files, 'output.json': JSON.stringify(list) };
  return { owner: by, files: Object.entries(all).map(([path, content]) => ({ path, content })) };
}

const output = outputOf({ 'plan.tsv': 'plan\n', 'host/a.yaml': 'a: 1\n' });
const written = Object.fromEntries(output.files.map(({ path, content }) => [path, content]));
const newDirectory = (): string => join(makeProject({}), 'dist');
const asides = (directory: string): readonly string[] =>
  readdirSync(join(directory, '..')).filter((name) => name.startsWith('.dist'));

describe('the former output', () => {
  test('is replaced as a whole, and the directory is created', () => {
    const directory = join(makeProject({}), 'deep/dist');
    writeOutput(directory, outputOf({ ...written, 'host/stale.yaml': 'b: 1\n' }));
    writeOutput(directory, output);
    expect(readTree(directory)).toEqual(written);
    expect(readdirSync(join(directory, '..'))).toEqual(['dist']);
  });

  test('stays when a file cannot be written', () => {
    const directory = newDirectory();
    writeOutput(directory, output);
    // `host` cannot be both a file and a directory: a defect of ours, which keeps its stack.
    const wrong = { owner, files: [...output.files, { path: 'host', content: 'x' }] };
    expect(() => writeOutput(directory, wrong)).toThrow(/EISDIR/);
    expect(readTree(directory)).toEqual(written);
    expect(asides(directory)).toEqual([]);
  });

  const foreign: Readonly<Record<string, (directory: string) => void>> = {
    OWNERS: (directory) => writeFileSync(join(directory, 'OWNERS'), 'me'),
    '.git/': (directory) => execFileSync('git', ['init', '--quiet', directory]),
    '.ssh/': (directory) => mkdirSync(join(directory, '.ssh')),
    'host/notes.txt': (directory) => writeFileSync(join(directory, 'host/notes.txt'), 'keep me'),
    'host/empty/': (directory) => mkdirSync(join(directory, 'host/empty')),
    'plan.tsv': (directory) => {
      renameSync(join(directory, 'plan.tsv'), join(directory, '../elsewhere'));
      symlinkSync('../elsewhere', join(directory, 'plan.tsv'));
    },
    'host/pipe': (directory) => execFileSync('mkfifo', [join(directory, 'host/pipe')]),
  };

  test.each(Object.keys(foreign))('is not replaced together with %s, which no synth has written', (path) => {
    const directory = newDirectory();
    writeOutput(directory, output);
    foreign[path]?.(directory);
    const before = readdirSync(directory, { recursive: true });
    expect(() => writeOutput(directory, output)).toThrow(`\n  ${path}\n`);
    expect(readdirSync(directory, { recursive: true })).toEqual(before);
    expect(asides(directory)).toEqual([]);
  });

  test('may have files of a synth of the same federation that output.json does not list, as after git checkout', () => {
    const header =
      '# Generated from federation.yaml (clusters.sydney); do not edit: change the declaration and synthesize again.\n';
    const sydney = {
      'sydney/10-foundation/namespaces.yaml': `${header}a: 1\n`,
      'sydney/inventory.json': JSON.stringify({ ...owner, files: [] }),
    };
    const directory = newDirectory();
    writeOutput(directory, outputOf({ ...written, ...sydney }));
    writeFileSync(join(directory, 'output.json'), written['output.json'] ?? '');
    writeOutput(directory, output);
    expect(readTree(directory)).toEqual(written);
    // But not if anything else is among them.
    writeOutput(directory, outputOf({ ...written, ...sydney }));
    writeFileSync(join(directory, 'output.json'), written['output.json'] ?? '');
    writeFileSync(join(directory, 'sydney/10-foundation/mine.yaml'), 'a: 1\n');
    expect(() => writeOutput(directory, output)).toThrow('\n  sydney/\n');
    expect(existsSync(join(directory, 'sydney/10-foundation/mine.yaml'))).toBe(true);
  });

  test.each(['', '{', '[]', '{"files": 7}', '{"federation":"demo","declaration":"federation.yaml","files":[{}]}'])(
    "is nobody's where output.json is %j",
    (list) => {
      const directory = newDirectory();
      writeOutput(directory, output);
      writeFileSync(join(directory, 'output.json'), list);
      expect(() => writeOutput(directory, output)).toThrow(
        /no output\.json that can be read[\s\S]*put its output\.json back/,
      );
    },
  );

  test.each([
    { ...owner, federation: 'shop' },
    { ...owner, declaration: 'examples/shop.yaml' },
  ])('of another federation is replaced only on request: %j', (other) => {
    const directory = newDirectory();
    writeOutput(directory, outputOf({ 'host/shop.yaml': 'shop: 1\n' }, other));
    expect(() => writeOutput(directory, output)).toThrow(/another federation[\s\S]*--replace/);
    expect(existsSync(join(directory, 'host/shop.yaml'))).toBe(true);
    writeOutput(directory, output, { replace: true });
    expect(readTree(directory)).toEqual(written);
  });
});

test('a directory with files of somebody else, the working directory and a file are not replaced', () => {
  const directory = makeProject({ 'notes/todo.txt': 'keep me' });
  expect(() => writeOutput(join(directory, 'notes'), output)).toThrow('todo.txt');
  expect(() => writeOutput('.', output)).toThrow(/contains the working directory/);
  expect(() => writeOutput('..', output)).toThrow(/contains the working directory/);
  expect(() => writeOutput(join(directory, 'notes/todo.txt'), output)).toThrow(/is a file/);
});

describe('a synth that was killed', () => {
  /** The number of a process that has ended. */
  const ended = (): number => spawnSync('true').pid;

  test('between its two renames is mended by the next one', () => {
    // GIVEN the former output beside its place, and a new one that fails
    const directory = newDirectory();
    writeOutput(directory, output);
    const aside = join(directory, `../.dist-${ended()}-abc123`);
    mkdirSync(join(aside, 'next'), { recursive: true });
    renameSync(directory, join(aside, 'former'));
    // WHEN
    expect(() => writeOutput(directory, { owner: { ...owner, federation: 'shop' }, files: [] })).toThrow(
      'another federation',
    );
    // THEN
    expect(readTree(directory)).toEqual(written);
    expect(asides(directory)).toEqual([]);
  });

  test('before its renames leaves nothing beside the output after the next one', () => {
    const directory = newDirectory();
    writeOutput(directory, output);
    mkdirSync(join(directory, `../.dist-${ended()}-abc123/next`), { recursive: true });
    writeOutput(directory, output);
    expect(asides(directory)).toEqual([]);
  });

  test.each([process.pid, process.ppid])('is mended although a process has its number: %i', (id) => {
    const directory = newDirectory();
    writeOutput(directory, output);
    const aside = join(directory, `../.dist-${id}-abc123`);
    mkdirSync(aside);
    renameSync(directory, join(aside, 'former'));
    // Our own number is nobody else's. Another one counts for ten minutes.
    const longAgo = new Date(Date.now() - 11 * 60 * 1000);
    if (id !== process.pid) utimesSync(aside, longAgo, longAgo);
    const other = { owner: { ...owner, federation: 'shop' }, files: [] };
    expect(() => writeOutput(directory, other)).toThrow('another federation');
    expect(readTree(directory)).toEqual(written);
    expect(asides(directory)).toEqual([]);
  });

  test("is not confused with a running synth or with somebody else's directory", () => {
    const directory = newDirectory();
    const others = [`.dist-${process.ppid}-abc123`, '.dist-mine', `.dist-${ended()}-of-mine`];
    for (const name of others) mkdirSync(join(directory, '..', name), { recursive: true });
    writeOutput(directory, output);
    expect([...asides(directory)].sort()).toEqual(others.sort());
  });
});

describe('an error of the file system is reported in a sentence', () => {
  test.each([
    ['/dev/null/dist', /cannot write .*: a part of the path is a file \(ENOTDIR\)/],
    ['/proc/dist', /cannot write .*: .*\((ENOENT|EACCES|EPERM|EROFS)\)/],
    ['/proc/deep/dist', /cannot write .*: .*\((ENOENT|EACCES|EPERM|EROFS)\)/],
    [`/tmp/${'x'.repeat(300)}`, /cannot write .*: the path is too long \(ENAMETOOLONG\)/],
  ])('%s', (directory, message) => {
    expect(() => writeOutput(directory, output)).toThrow(message);
  });
});

// Some machines allow no mounts.
const canMount = spawnSync('unshare', ['--mount', 'true']).status === 0;

test.skipIf(!canMount)('a full disk leaves the former output, and nothing beside it', () => {
  // A file system of 64 KiB, in a mount namespace of its own.
  const directory = makeProject({});
  const script = `import { writeOutput } from ${JSON.stringify(join(import.meta.dirname, '../../../../constructs/delivery/directory/write.ts'))};
const owner = ${JSON.stringify(owner)};
writeOutput(process.argv[2], ${JSON.stringify(output)});
try { writeOutput(process.argv[2], { owner, files: [{ path: 'big', content: 'x'.repeat(1e6) }] }); } catch (error) { console.log(error.message); }`;
  writeFileSync(join(directory, 'full.ts'), script);
  const { stdout } = spawnSync(
    'unshare',
    [
      '--mount',
      'sh',
      '-ec',
      `mkdir -p "$1/disk"; mount -t tmpfs -o size=64k tmpfs "$1/disk"; "$2" --require tsx/cjs "$1/full.ts" "$1/disk/dist"; ls -a "$1/disk" "$1/disk/dist"`,
      'sh',
      directory,
      process.execPath,
    ],
    { encoding: 'utf8', cwd: join(import.meta.dirname, '../../../..') },
  );
  expect(stdout).toMatch(/cannot write .*: no space is left on the device \(ENOSPC\)/);
  expect(stdout).toMatch(/disk:\n\.\n\.\.\ndist\n\n.*dist:\n\.\n\.\.\nhost\noutput\.json\nplan\.tsv\n/);
});

// Root may write everywhere.
test.skipIf(process.getuid?.() === 0)('a directory that cannot be written is reported in a sentence', () => {
  const directory = newDirectory();
  chmodSync(join(directory, '..'), 0o555);
  expect(() => writeOutput(directory, output)).toThrow(/permission is denied/);
});

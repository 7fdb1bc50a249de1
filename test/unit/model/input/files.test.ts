import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { declareManifest, problemsIn } from '../../../support/problems.ts';
import { makeProject } from '../../../support/project.ts';

const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

/** Makes something that is no regular file at a path. */
const kinds: Readonly<Record<string, (path: string) => unknown>> = {
  'a named pipe': (path) => execFileSync('mkfifo', [path]),
  'a directory': (path) => mkdirSync(path),
  'a socket or a device': (path) => symlinkSync('/dev/zero', path),
  'symbolic links that lead to each other': (path) => symlinkSync(path, path),
};
const listen = async (path: string): Promise<void> => {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(path, resolve));
};

describe('in the place of a file', () => {
  test.each(Object.keys(kinds))('%s is no declaration', (kind) => {
    const project = makeProject({});
    kinds[kind]?.(join(project, 'federation.yaml'));
    const [problem] = problemsIn(project);
    expect(problem?.got).toBe(kind);
    expect(['file-is-readable', 'declaration-exists']).toContain(problem?.rule);
  });

  test.each(Object.keys(kinds))('%s is no lock', (kind) => {
    const project = makeProject({ 'federation.yaml': declareManifest() });
    kinds[kind]?.(join(project, 'federation.lock.yaml'));
    expect(problemsIn(project).map(({ rule, got }) => `${rule}: ${got}`)).toEqual([`file-is-readable: ${kind}`]);
  });

  test.each(['a named pipe', 'a directory'])('%s is no manifest, nor one of a directory of them', (kind) => {
    const project = makeProject({
      'federation.yaml': declareManifest('a.yaml, more'),
      'more/b.yaml': object,
    });
    kinds['a named pipe']?.(join(project, 'a.yaml'));
    kinds[kind]?.(join(project, 'more/c.yaml'));
    expect(problemsIn(project).map(({ rule, got }) => `${rule}: ${got}`)).toEqual([
      'manifest-file-exists: a.yaml: a named pipe',
      `manifest-file-exists: more/c.yaml: ${kind}`,
    ]);
  });

  test('a socket is no manifest', async () => {
    const project = makeProject({ 'federation.yaml': declareManifest('a.yaml') });
    await listen(join(project, 'a.yaml'));
    expect(problemsIn(project)[0]?.got).toBe('a.yaml: a socket or a device');
  });

  test('links that lead nowhere, to each other or to a device are problems', () => {
    const project = makeProject({ 'federation.yaml': declareManifest('more'), 'more/a.yaml': object });
    symlinkSync('nothing', join(project, 'more/b.yaml'));
    symlinkSync('c.yaml', join(project, 'more/c.yaml'));
    symlinkSync('/dev/zero', join(project, 'more/d.yaml'));
    expect(problemsIn(project).map(({ rule, got }) => `${rule}: ${got}`)).toEqual([
      'manifest-file-exists: more/b.yaml: a link that leads nowhere',
      'manifest-file-exists: more/c.yaml: a link that leads nowhere',
      'manifest-file-is-in-the-project: "more"',
    ]);
  });

  test('a path that is too long, or goes through a file, is missing', () => {
    const deep = 'a/'.repeat(2000);
    const project = makeProject({ 'federation.yaml': declareManifest(`${deep}b.yaml, federation.yaml/b.yaml`) });
    expect(problemsIn(project).map(({ rule }) => rule)).toEqual(['manifest-file-exists', 'manifest-file-exists']);
  });

  // Root reads everything.
  test.skipIf(process.getuid?.() === 0)('a file without permission is a problem', () => {
    const project = makeProject({ 'federation.yaml': declareManifest('a.yaml'), 'a.yaml': object });
    chmodSync(join(project, 'a.yaml'), 0);
    expect(problemsIn(project)[0]?.got).toBe('a.yaml: no permission to read it');
  });
});

test('a file of more than 10 MB is not read, however much more it is', () => {
  const project = makeProject({ 'federation.yaml': declareManifest('a.yaml'), 'a.yaml': object });
  truncateSync(join(project, 'a.yaml'), 1e12);
  expect(problemsIn(project).map(({ rule, got }) => `${rule}: ${got}`)).toEqual([
    'manifest-file-exists: a.yaml: more than 10 MB',
  ]);
  truncateSync(join(project, 'federation.yaml'), 1e12);
  expect(problemsIn(project).map(({ rule, got }) => `${rule}: ${got}`)).toEqual(['file-is-readable: more than 10 MB']);
});

describe('text', () => {
  const read = (bytes: Buffer | string): readonly string[] => {
    const project = makeProject({ 'federation.yaml': declareManifest('a.yaml') });
    writeFileSync(join(project, 'a.yaml'), bytes);
    return problemsIn(project).map(({ at, rule, got }) => `${at.line}:${at.column} ${rule}: ${got}`);
  };

  test('in another encoding is a problem at its place', () => {
    const latin1 = Buffer.from(`${object}data: {a: é}\n`, 'latin1');
    expect(read(latin1)).toEqual(['4:11 manifest-file-is-yaml: the byte 0xE9, which is not UTF-8']);
    expect(read(Buffer.from(`\ufeff${object}`, 'utf16le'))).toEqual(['1:1 manifest-file-is-yaml: UTF-16']);
    expect(read(Buffer.from(`\ufeff${object}`, 'utf16le').swap16())).toEqual(['1:1 manifest-file-is-yaml: UTF-16']);
    expect(read(Buffer.from(object, 'utf16le'))).toEqual(['1:2 manifest-file-is-yaml: the control character U+0000']);
    expect(read(Buffer.concat([Buffer.from(object), Buffer.from([0xf0, 0x9f])]))).toEqual([
      '4:1 manifest-file-is-yaml: the byte 0xF0, which is not UTF-8',
    ]);
    expect(read(Buffer.from(`${object}data: {a: \ufffd}\n`))).toEqual([]);
  });

  test('with byte order marks at the start of documents is read', () => {
    const other = object.replace('name: a', 'name: b');
    expect(read(`\ufeff${object}---\n\ufeff${other}`)).toEqual([]);
    expect(read(`\ufeff${object}--- # b\r\n\ufeff${other}`)).toEqual([]);
    expect(read(`${object}\ufeff---\n${other}`)).toEqual([]);
    expect(read(`${object}data: {a: "\ufeff"}\n`)).toEqual([
      '4:12 manifest-file-is-yaml: a character that nobody sees: U+FEFF, byte order mark',
    ]);
  });

  test.each([
    ['# \u202e comment', '4:3 manifest-file-is-yaml: a character that nobody sees: U+202E, right-to-left override'],
    ['data: {a\u200bb: c}', '4:9 manifest-file-is-yaml: a character that nobody sees: U+200B, zero width space'],
    [
      'data: {a: "b\u2066c"}',
      '4:13 manifest-file-is-yaml: a character that nobody sees: U+2066, left-to-right isolate',
    ],
    ['data: {a: b\u2028c}', '4:12 manifest-file-is-yaml: the control character U+2028'],
    ['# a\rdata: b', '4:4 manifest-file-is-yaml: the control character U+000D'],
    ['data: {a: "\u001b[31m"}', '4:12 manifest-file-is-yaml: the control character U+001B'],
  ])('%j does not read as it looks', (line, problem) => {
    expect(read(`${object}${line}\n`)).toEqual([problem]);
  });

  test('in any language is honest, and so are emoji', () => {
    expect(read(`${object}data: {a: "می\u200cخواهم \u{1F469}\u200d\u{1F4BB} 中文 é"}\r\n`)).toEqual([]);
  });
});

// Linux lists them as links to their files.
function openFilesBelow(directory: string): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const file = readlinkSync(`/proc/self/fd/${descriptor}`);
      return file.startsWith(directory) ? [file] : [];
    } catch {
      // The one that lists them is closed by now.
      return [];
    }
  });
}

test.skipIf(!existsSync('/proc/self/fd'))('descriptors are closed', () => {
  const project = makeProject({ 'federation.yaml': declareManifest('a.yaml') });
  mkdirSync(join(project, 'a.yaml'));
  for (let count = 0; count < 20; count += 1) problemsIn(project);
  expect(openFilesBelow(project)).toEqual([]);
});

test('a hidden character in a declaration hides no other mistake', () => {
  const project = makeProject({ 'federation.yaml': `# \u202e\n${declareManifest()}nme: x\n` });
  expect(problemsIn(project).map(({ at, rule }) => `${at.line} ${rule}`)).toEqual(['1 file-is-yaml', '8 key-is-known']);
});

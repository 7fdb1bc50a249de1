import { describe, expect, test } from 'vitest';
import { pathOf } from '../../../operations/clusters/object-path.ts';
import { readServedKinds, resourceOf } from '../../../operations/clusters/served-kinds.ts';
import type { ProgramResult } from '../../../operations/tools/run-program.ts';

async function read(stdout: string, { exitCode = 0, stderr = '' } = {}) {
  const ended: ProgramResult = { kind: 'ended', exitCode, stdout, stderr };
  return readServedKinds({ run: async () => ended, context: 'host', answerSeconds: 30, sleep: async () => {} });
}

async function kindsOf(stdout: string, how: { exitCode?: number; stderr?: string } = {}) {
  const answer = await read(stdout, how);
  if (answer.kind !== 'found') throw new Error(answer.kind);
  return answer.value;
}

const namespaces = 'namespaces   ns   v1   false   Namespace   create,delete,get,list\n';

describe('the kinds that a server serves', () => {
  test('are read with and without short names and categories', async () => {
    const kinds = await kindsOf(
      `bindings v1 true Binding create\n${namespaces}deployments deploy apps/v1 true Deployment create,get all\n`,
    );
    expect(kinds.all.map((kind) => resourceOf(kind))).toEqual(['bindings', 'namespaces', 'deployments.apps']);
    expect(kinds.find('', 'Namespace')).toMatchObject({ version: 'v1', isNamespaced: false });
  });

  test('are read as kubectl before 1.26 prints verbs', async () => {
    const kinds = await kindsOf('pods   po   v1   true   Pod   [create delete get list]\n');
    expect(kinds.find('', 'Pod')?.verbs).toEqual(['create', 'delete', 'get', 'list']);
  });

  test('may have a version with any name', async () => {
    const kinds = await kindsOf(`${namespaces}foos example.com/stable true Foo get\n`);
    expect(kinds.find('example.com', 'Foo')).toMatchObject({ version: 'stable', plural: 'foos' });
  });

  test.each(['ns', 'pv', 'namespace', 'namespaces', 'NAMESPACE', '--filename=x', ''])(
    'are not found as %s',
    async (kind) => {
      expect((await kindsOf(namespaces)).find('', kind)).toBeNull();
    },
  );

  test('are incomplete if one API does not answer', async () => {
    const kinds = await kindsOf(namespaces, { exitCode: 1, stderr: 'error: unable to retrieve the complete list' });
    expect(kinds.isComplete).toBe(false);
  });

  test.each([
    `${namespaces}../../x v1 true X get\n`,
    `${namespaces}--all v1 true X get\n`,
    `${namespaces}xs ../v1 true X get\n`,
    `${namespaces}xs a/../v1 true X get\n`,
    `${namespaces}xs ./v1 true X get\n`,
    `${namespaces}xs ../v1 true X get\n`,
    `${namespaces}xs a..b/v1 true X get\n`,
    `${namespaces}xs -a/v1 true X get\n`,
    `${namespaces}xs a%2fb/v1 true X get\n`,
    `${namespaces}xs a/v1?x true X get\n`,
    `${namespaces}xs a/v1 maybe X get\n`,
    `${namespaces}xs a/v1 true --X get\n`,
    `${namespaces}xs a/v1 true X\u001b[2J get\n`,
    'x\n',
    '',
  ])('are unknown if one row is none: %j', async (text) => {
    expect((await read(text)).kind).toBe('failed');
  });

  test('are read in time, whatever a row is', async () => {
    const began = performance.now();
    for (const row of [`${'a,'.repeat(50_000)}`, `a ${' '.repeat(100_000)}`, `a ${'a.'.repeat(50_000)}/v1 x`])
      expect((await read(row)).kind).toBe('failed');
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('the path of an object', () => {
  const kind = {
    group: 'apps',
    version: 'v1',
    kind: 'Deployment',
    plural: 'deployments',
    isNamespaced: true,
    verbs: [],
  };

  test('is that of its server', () => {
    expect(pathOf(kind, { namespace: 'a', name: 'b' })).toBe('/apis/apps/v1/namespaces/a/deployments/b');
  });

  test.each([
    ['a', '..'],
    ['a', '.'],
    ['a', 'b/c'],
    ['a', 'b%2fc'],
    ['a', 'b?x'],
    ['a', 'b#x'],
    ['a', ''],
    ['..', 'b'],
    ['a/b', 'b'],
    ['', 'b'],
    [null, 'b'],
  ])('is none in %s for %s', (namespace, name) => {
    expect(pathOf(kind, { namespace, name })).toBeNull();
  });
});

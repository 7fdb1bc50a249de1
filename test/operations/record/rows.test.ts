import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comingRecord } from '../../../operations/record/coming-record.ts';
import { parseRecord, type RecordData, renderRecord } from '../../../operations/record/record-rows.ts';
import { distOutput } from '../../support/preflight/run-preflight.ts';
import { fullRecord } from './record-run.ts';

const data = renderRecord(fullRecord);
const parsed = (changes: RecordData) => parseRecord('demo', { ...data, ...changes });

test('a record is read as it was written', () => {
  expect(parseRecord('demo', data)).toEqual(fullRecord);
});

test.each(['host', 'member'])('the record of an output is readable: %s', (cluster) => {
  const coming = comingRecord(null, distOutput, cluster, fullRecord.members);
  expect(coming.objects.length).toBeGreaterThan(0);
  expect(parseRecord(coming.federation, renderRecord(coming))).toEqual(coming);
});

describe('a row that is none makes the whole record unreadable', () => {
  const options = ['--context=x/member', '-A', '--filename=/etc/passwd', '--raw=/', '-'];
  const shell = [
    '$(id)',
    '`id`',
    'a;id',
    'a b',
    "a'",
    'a"',
    'a|b',
    'a&b',
    'BASHPID[$(id)]',
    'a\\b',
    '*',
    '?',
    '~',
    '{a}',
  ];
  const paths = ['../x', 'a/b', '/a', '.', '..', 'a%2fb', '%2e%2e'];
  const signs = ['\u001b[2J', 'a\u0000', 'a\u202e', 'a\r', '\u2028', 'é', '\ufeffa', ' ', ' a', 'a '];
  const hostile = [...options, ...shell, ...paths, ...signs, 'x'.repeat(300)];
  const row = ['40-workloads', 'apps', 'Deployment', 'sample', 'helloworld'];
  // `-` stands for no group and no namespace.
  const columns = [0, 1, 2, 3, 4].flatMap((column) =>
    hostile.filter((text) => text !== '-' || ![1, 3].includes(column)).map((text) => ({ column, text })),
  );

  test.each(columns)('objects: $text in column $column', ({ column, text }) => {
    const cells = row.map((cell, at) => (at === column ? text : cell));
    expect(parsed({ 'objects.tsv': `${data['objects.tsv']}${cells.join('\t')}\n` })).toBeNull();
  });

  test.each(columns.filter(({ column }) => column > 0))('created: $text in column $column', ({ column, text }) => {
    const cells = row.map((cell, at) => (at === column ? text : cell)).slice(1);
    expect(parsed({ 'created.tsv': `${cells.join('\t')}\n` })).toBeNull();
  });

  test.each(['*.istio.io', 'a\tb'])('objects: the name %s', (name) => {
    const cells = ['20-control-plane', 'apiextensions.k8s.io', 'CustomResourceDefinition', '-', name];
    expect(parsed({ 'objects.tsv': `${cells.join('\t')}\n` })).toBeNull();
  });

  const words = ['--context=x', '-A', '\u001b[2J', 'a\u202eb', 'a\u0000', '\u2028', 'x'.repeat(501)];
  test.each(words)('commands: the argument %s', (word) => {
    expect(parsed({ 'commands.tsv': `30-links\tremote-secret\t-\t${word}\n` })).toBeNull();
    expect(parsed({ 'commands.tsv': `30-links\tremote-secret\t${word}\n` })).toBeNull();
  });

  test.each(['../x', '/etc/passwd', 'host/../../x', 'host/..', './x', 'a;id', '$(id)'])(
    'commands: the path %s',
    (path) => {
      expect(parsed({ 'commands.tsv': `30-links\tremote-secret\t${path}\n` })).toBeNull();
    },
  );

  test.each([...shell, ...options, ...paths])('commands: the routine %s', (undo) => {
    expect(parsed({ 'commands.tsv': `30-links\t${undo}\t-\n` })).toBeNull();
  });

  test.each(hostile)('members: %s', (text) => {
    const [uid] = fullRecord.members.map((member) => member.uid);
    expect(parsed({ 'clusters.tsv': `${text}\t${uid}\n` })).toBeNull();
    expect(parsed({ 'clusters.tsv': `host\t${text}\n` })).toBeNull();
    expect(parsed({ cluster: text })).toBeNull();
  });

  test.each(['a', '10-foundation\tapps\tDeployment\tsample', `${row.join('\t')}\t`, `${row.join('\t')}\tx`])(
    'another number of columns: %s',
    (line) => {
      expect(parsed({ 'objects.tsv': `${line}\n` })).toBeNull();
    },
  );
});

test('the names of earlier versions are those of today', () => {
  const text = '50-join\tjoin\t-\tmember\n30-engine\tinstall-engine\t-\tkubefed\n60-x\tfederated-cacerts\t-\n';
  const undos = parsed({ 'commands.tsv': text })?.commands.map(({ undo }) => undo);
  expect(undos).toEqual(['kubefed-join', 'kubefed-install-engine', 'kubefed-federated-cacerts']);
});

test('a progress that cannot be read is none', () => {
  for (const text of ['40-workloads', '40-workloads\tabc', '-\t-', '$(id)\tx', 'a\n'.repeat(3)])
    expect(parsed({ progress: text })?.progress).toBeNull();
});

test('whatever a record has, it is read or refused, and what is read can be written', () => {
  const piece = fc.constantFrom(
    '\t',
    '\n',
    '-',
    '--',
    'apps',
    'Deployment',
    '10-foundation',
    'a',
    '*',
    '\u001b',
    '$(id)',
    'join',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((all) => all.join('')),
    fc.string({ maxLength: 60 }),
  );
  const keys = ['objects.tsv', 'commands.tsv', 'created.tsv', 'clusters.tsv', 'progress', 'cluster'];
  fc.assert(
    fc.property(fc.constantFrom(...keys), text, (key, value) => {
      const record = parsed({ [key]: value });
      if (record !== null) expect(parseRecord('demo', renderRecord(record))).toEqual(record);
      const words = record?.commands.flatMap(({ args, path }) => [...args, path ?? '']) ?? [];
      for (const word of [...words, ...(record?.objects ?? []).flatMap(({ kind, name }) => [kind, name])])
        expect(word).not.toMatch(/^-|[\p{Cc}\p{Cf}]/u);
    }),
    { numRuns: 1000 },
  );
});

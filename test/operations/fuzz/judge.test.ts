import { describe, expect, test } from 'vitest';
import { commands } from '../../support/fuzz/commands.ts';
import type { FuzzRun } from '../../support/fuzz/fuzz-run.ts';
import { judge } from '../../support/fuzz/judge.ts';

const run: FuzzRun = {
  exitCode: 0,
  stack: '',
  out: 'done\n',
  err: '',
  log: '',
  contexts: ['host'],
  calls: [['kubectl', 'version', '--client', '--output=json']],
  changed: ['host created Namespace/sample'],
  written: [{ cluster: 'member', text: 'former' }],
  files: ['log'],
  harmed: [],
  simulatedSeconds: 1,
  seconds: 1,
};
const honest = { run, claimed: new Set(['host Namespace/sample']) };
const commandOf = (name: string) => {
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return command;
};

test('a run that stays within its bounds passes', () => judge(commandOf('destroy'), run, honest));

// A judge that never says no proves nothing.
describe('a run fails that', () => {
  test.each<[string, Partial<FuzzRun>]>([
    ['ends with an exception', { exitCode: null, stack: 'Error: x' }],
    ['ends with another exit code', { exitCode: 7 }],
    ['calls another program', { calls: [['sh', '-c', 'id']] }],
    [
      'calls another context',
      { calls: [['kubectl', '--context=prod', '--request-timeout=5s', 'get', '--raw=/version']] },
    ],
    ['prints what a terminal obeys', { err: 'a\u001b[2Jb' }],
    ['prints a control character of 8 bits', { out: '\u009b31m' }],
    ['prints what turns the text around', { out: '\u202e' }],
    ['prints what nobody sees', { out: '\u200b' }],
    ['returns to the start of a line', { err: 'a\rb' }],
    ['writes that into the log', { log: '\u0007' }],
    ['writes another file', { files: ['log', 'dist/plan.json'] }],
    ['harms a bystander', { harmed: ['host Secret default bank'] }],
    ['changes what nobody claims', { changed: ['host deleted Secret/default/other'] }],
    ['changes what the record of another cluster claims', { changed: ['host deleted ConfigMap/default/former'] }],
    ['takes too long by the clock of the servers', { simulatedSeconds: 3601 }],
    ['takes too long by ours', { seconds: 31 }],
  ])('%s', (_, change) => {
    expect(() => judge(commandOf('destroy'), { ...run, ...change }, honest)).toThrow();
  });

  test('changes anything, although the command changes nothing', () => {
    expect(() => judge(commandOf('verify'), { ...run, files: [] }, honest)).toThrow();
  });
});

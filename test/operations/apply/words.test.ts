import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, constants, openSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { holderName } from '../../../command/project/holder.ts';
import { openLog } from '../../../command/project/program-log.ts';
import { makeProject } from '../../support/project.ts';
import { runCommand } from '../../support/run-command.ts';
import { dist } from './apply-run.ts';

const apply = (...words: string[]) => runCommand(['apply', '-o', dist, ...words]);

describe('the words of apply', () => {
  test.each([
    ['--from', 'nowhere', 'Give a wave, such as 40-remote.'],
    ['--timeout', '0', 'Give a number of seconds, such as 300.'],
    ['--timeout', 'a[$(id)]', 'Give a number of seconds, such as 300.'],
    ['--expect', 'host', 'Write CLUSTER=UID.'],
    ['--context', 'host', 'Write CLUSTER=CONTEXT.'],
    ['--only', '--yes', 'Give a name.'],
  ])('refuse %s %s', async (option, value, message) => {
    const { status, err } = await apply(option, value);
    expect([status, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test('refuse an unknown option, and two that contradict each other', async () => {
    expect((await apply('--force')).status).toBe(2);
    const { status, err } = await apply('--diff', '--dry-run');
    expect([status, err]).toEqual([2, expect.stringContaining('choose one')]);
  });

  test('refuse waves and clusters that the plan does not have', async () => {
    const { status, err } = await apply('--yes', '--from', '41-nowhere', '--only', 'elsewhere');
    expect([status, err]).toEqual([2, expect.stringContaining('the plan has no wave 41-nowhere, cluster elsewhere')]);
  });

  test('change nothing if nobody can confirm', async () => {
    const { status, err } = await apply();
    expect([status, err]).toEqual([2, expect.stringContaining('add --yes')]);
  });

  test('refuse a file of the output that is not as synth has written it', async () => {
    const project = makeProject({});
    execFileSync('cp', ['-R', dist, join(project, 'out')]);
    const changed = join(project, 'out/host/30-gateways/eastwest-gateway.yaml');
    execFileSync('sh', ['-c', 'echo "# edited" >> "$1"', 'sh', changed]);
    const { status, err } = await runCommand(['apply', '-o', join(project, 'out'), '--yes']);
    expect([status, err]).toEqual([2, expect.stringContaining('is not as synth has written it')]);
  });
});

test('the Lease names a user without a name by a number, as containers have it', () => {
  const nobody = (): string => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  };
  expect(holderName(nobody)).toMatch(/^uid-\d+@./);
  expect(holderName(() => 'somebody')).toMatch(/^somebody@./);
});

describe('--log', () => {
  test('has the arguments and the end of each program, and never its input; only its owner can read it', async () => {
    const path = join(makeProject({}), 'log');
    const log = openLog(path, async () => ({ kind: 'ended', exitCode: 3, stdout: 'token', stderr: 'token' }));
    await log.program({ program: 'kubectl', args: ['get', '\u001b[31m'], input: 'the key', timeoutSeconds: 1 });
    log.close();
    const text = readFileSync(path, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ program: 'kubectl', args: ['get', '\u001b[31m'], exitCode: 3 });
    for (const hidden of ['token', 'the key', '\u001b']) expect(text).not.toContain(hidden);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('follows no link', () => {
    const project = makeProject({ other: '' });
    symlinkSync(join(project, 'other'), join(project, 'log'));
    expect(() => openLog(join(project, 'log'), async () => ({ kind: 'timed-out' }))).toThrow('cannot write the log');
  });

  const nothing = async () => ({ kind: 'timed-out' }) as const;

  test('of an earlier run can be read by nobody else afterwards, whoever could before', () => {
    const path = join(makeProject({ log: 'earlier\n' }), 'log');
    chmodSync(path, 0o666);
    openLog(path, nothing).close();
    expect([statSync(path).mode & 0o777, readFileSync(path, 'utf8')]).toEqual([0o600, 'earlier\n']);
  });

  test.each(['pipe', 'pipe with a reader', 'directory', 'device'])('is a file, and no %s', (kind) => {
    const project = makeProject({});
    const path = kind === 'device' ? '/dev/null' : kind === 'directory' ? project : join(project, 'log');
    const mode = kind.startsWith('pipe') ? 0 : statSync(path).mode;
    if (kind.startsWith('pipe')) execFileSync('mkfifo', [path]);
    const reader = kind === 'pipe with a reader' ? openSync(path, constants.O_RDONLY | constants.O_NONBLOCK) : null;
    expect(() => openLog(path, nothing)).toThrow(`cannot write the log ${path}`);
    if (reader !== null) closeSync(reader);
    if (mode !== 0) expect(statSync(path).mode).toBe(mode);
  });

  test('that cannot be written any more does not stop the run, and says so once', async () => {
    const said: string[] = [];
    const log = openLog(join(makeProject({}), 'log'), nothing, (text) => said.push(text));
    log.close();
    for (let calls = 0; calls < 2; calls += 1)
      expect(await log.program({ program: 'kubectl', args: [], timeoutSeconds: 1 })).toEqual({ kind: 'timed-out' });
    expect(said).toEqual([expect.stringContaining('the log cannot be written any more: EBADF')]);
  });
});

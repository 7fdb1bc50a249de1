import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ProgramResult, runProgram } from '../../operations/tools/run-program.ts';

const mebibyte = 1024 * 1024;

async function timed(script: string, timeoutSeconds: number): Promise<{ result: ProgramResult; seconds: number }> {
  const start = performance.now();
  const result = await runProgram({ program: 'sh', args: ['-c', script], timeoutSeconds });
  return { result, seconds: (performance.now() - start) / 1000 };
}

// A process that has ended, and for which nobody has waited, has the state Z.
const isRunning = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout.trim());
};

/** Ends a process that a test has started, since nobody else may reach it. */
const endLater = (text: string): void => {
  const pid = Number(text.split('\n')[0]);
  if (pid > 1 && isRunning(pid)) process.kill(pid, 'SIGKILL');
};

describe('a program', () => {
  test('gives its texts and its exit code', async () => {
    const { result } = await timed('echo out; echo err >&2; exit 3', 10);
    expect(result).toEqual({ kind: 'ended', exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  test('gives all of a large text', async () => {
    const { result } = await timed(`head -c ${20 * mebibyte} /dev/zero | tr '\\0' x`, 30);
    expect(result.kind === 'ended' && result.stdout.length).toBe(20 * mebibyte);
  });

  test('that does not exist is not started', async () => {
    const result = await runProgram({ program: '/nowhere', args: [], timeoutSeconds: 10 });
    expect(result).toEqual({ kind: 'not-started', reason: expect.stringContaining('ENOENT') });
  });

  test.each([
    ['an argument that is too long for the system', 'x'.repeat(200_000)],
    ['an argument that no system can hand over', 'a\0b'],
  ])('with %s is not started, and nothing is thrown', async (_, arg) => {
    const result = await runProgram({ program: 'true', args: [arg], timeoutSeconds: 10 });
    expect(result).toMatchObject({ kind: 'not-started' });
  });

  // With them helm would change another cluster than the one whose UID was compared.
  test('does not get the variables that lead helm to another server than its context', async () => {
    const former = { ...process.env };
    onTestFinished(() => {
      process.env = former;
    });
    process.env = {
      ...former,
      HELM_KUBEAPISERVER: 'https://elsewhere',
      HELM_KUBETOKEN: 't',
      HELM_CACHE_HOME: '/cache',
    };
    const { result } = await timed('env | grep ^HELM_', 10);
    expect(result).toMatchObject({ kind: 'ended', stdout: 'HELM_CACHE_HOME=/cache\n' });
  });

  test('that prints without end is ended', async () => {
    const { result, seconds } = await timed('yes', 30);
    expect(result).toEqual({ kind: 'too-long' });
    expect(seconds).toBeLessThan(20);
  });

  test.for([
    ['a child of its group', 'sleep 77 & echo $!; exit 0'],
    ['a child in another session', 'setsid sleep 77 & echo $!; exit 0'],
  ] as const)('that leaves %s keeps its answer, although the child holds the output', async ([, script]) => {
    const { result, seconds } = await timed(script, 20);
    expect(result).toMatchObject({ kind: 'ended', exitCode: 0, stdout: expect.stringMatching(/^\d+\n$/) });
    expect(seconds).toBeLessThan(5);
    if (result.kind === 'ended') endLater(result.stdout);
  });

  test('is ended at its time limit, together with the children of its group', async () => {
    const { result, seconds } = await timed('sleep 77 & sleep 77', 1);
    expect(result).toEqual({ kind: 'timed-out' });
    expect(seconds).toBeLessThan(5);
  });

  test('is ended at its time limit, whoever in another session holds its output', async () => {
    const { result, seconds } = await timed('setsid sleep 9 & sleep 77', 1);
    expect(result).toEqual({ kind: 'timed-out' });
    expect(seconds).toBeLessThan(5);
  });

  test('that floods through another session is ended', async () => {
    const { result, seconds } = await timed('setsid timeout 9 yes & sleep 77', 30);
    expect(result).toEqual({ kind: 'too-long' });
    expect(seconds).toBeLessThan(8);
  });

  test('leaves no child of its group behind', async () => {
    const { result } = await timed('sleep 77 & echo $!; exit 0', 20);
    const pid = result.kind === 'ended' ? Number(result.stdout) : 0;
    for (let tries = 0; tries < 50 && isRunning(pid); tries += 1) await wait(20);
    expect(isRunning(pid)).toBe(false);
  });
});

// The system refuses them itself: more than 128 KB in one word (Linux, include/uapi/linux/binfmts.h), or a zero byte.
test.each([
  ['a word that is too long for the system', 'a,'.repeat(200_000)],
  ['a zero byte in a word', 'a\0b'],
])('%s is a program that does not run', async (_, word) => {
  const result = await runProgram({ program: 'true', args: [word], timeoutSeconds: 5 });
  expect(result).toMatchObject({ kind: 'not-started' });
});

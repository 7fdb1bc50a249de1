import { describe, expect, test } from 'vitest';
import { changesFor } from '../../../operations/clusters/changes-of.ts';
import { kubectlFor, type Reach } from '../../../operations/clusters/kubectl.ts';
import type { ProgramCall, ProgramResult } from '../../../operations/tools/run-program.ts';

const failing = (stderr: string): ProgramResult => ({ kind: 'ended', exitCode: 1, stdout: '', stderr: `${stderr}\n` });
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' } };
const written: ProgramResult = {
  kind: 'ended',
  exitCode: 0,
  stdout: '{"metadata":{"uid":"a","resourceVersion":"1","name":"a"}}',
  stderr: '',
};

function answering(...results: readonly ProgramResult[]): Reach & { readonly calls: ProgramCall[] } {
  const calls: ProgramCall[] = [];
  const run = async (call: ProgramCall): Promise<ProgramResult> => {
    calls.push(call);
    return results[calls.length - 1] ?? written;
  };
  return { run, calls, context: 'host', answerSeconds: 30, sleep: async () => {} };
}

const busy = failing('Error from server (TooManyRequests): the server has received too many requests');
const refused = failing(
  'The connection to the server 203.0.113.1:6443 was refused - did you specify the right host or port?',
);
const reset = failing('error: read tcp 10.0.0.1:1->203.0.113.1:6443: read: connection reset by peer');
const names = { resource: 'configmaps', name: null, namespace: 'a' };
const create = (reach: Reach) => changesFor(reach, async () => ({ kind: 'absent' })).create(object);

describe('a question', () => {
  test.each([busy, refused, reset])('is asked again while the server does not answer', async (passing) => {
    const reach = answering(passing, passing, { ...written, stdout: 'configmap/a\n' } as ProgramResult);
    expect(await kubectlFor(reach).getNames(names)).toEqual({ kind: 'found', value: ['a'] });
    expect(reach.calls).toHaveLength(3);
  });

  test('is asked four times at most, within one bound of time', async () => {
    const reach = answering(busy, busy, busy, busy, busy);
    expect((await kubectlFor(reach).getNames(names)).kind).toBe('failed');
    expect(reach.calls.map(({ timeoutSeconds }) => timeoutSeconds <= 60)).toEqual([true, true, true, true]);
  });

  test.each(['Error from server (Forbidden): no', 'error: You must be logged in to the server (Unauthorized)'])(
    'is asked once if the answer is %s',
    async (text) => {
      const reach = answering(failing(text));
      await kubectlFor(reach).getNames(names);
      expect(reach.calls).toHaveLength(1);
    },
  );

  test('is asked once if it took all of its time', async () => {
    const reach = answering({ kind: 'timed-out' });
    await kubectlFor(reach).getNames(names);
    expect(reach.calls).toHaveLength(1);
  });
});

describe('a program in a pod', () => {
  test('runs once: its calls are counted', async () => {
    const reach = answering(reset);
    await kubectlFor(reach).exec({ namespace: 'a', pod: 'b', words: ['curl'] });
    expect(reach.calls).toHaveLength(1);
  });
});

describe('a change', () => {
  test.each([busy, refused])('is made again if the server did nothing', async (passing) => {
    const reach = answering(passing);
    expect(await create(reach)).toMatchObject({ kind: 'found', value: { kind: 'changed' } });
    expect(reach.calls).toHaveLength(2);
  });

  test('is not made again if the server may have made it', async () => {
    const reach = answering(reset);
    expect((await create(reach)).kind).toBe('failed');
    expect(reach.calls).toHaveLength(1);
  });

  test.each([
    '',
    '{}',
    '{"metadata":{"uid":"--x","resourceVersion":"1"}}',
    '{"metadata":{"uid":"a","resourceVersion":""}}',
  ])('is not believed when the answer is %s', async (stdout) => {
    expect((await create(answering({ ...written, stdout } as ProgramResult))).kind).not.toBe('found');
  });
});

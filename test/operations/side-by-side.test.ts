import { expect, test } from 'vitest';
import { atMost } from '../../operations/tools/at-most.ts';
import { sideBySide } from '../../operations/tools/side-by-side.ts';

const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

test('results come in the order of the items', async () => {
  const done = await sideBySide([3, 1, 2], 2, async (item) => {
    await after(item);
    return item * 10;
  });
  expect(done).toEqual([30, 10, 20]);
});

test('after a failure nothing further begins, and what has begun comes to its end', async () => {
  const ended: number[] = [];
  const all = sideBySide([1, 2, 3, 4, 5], 2, async (item) => {
    if (item === 1) throw new Error('first');
    await after(20);
    ended.push(item);
  });
  await expect(all).rejects.toThrow('first');
  expect(ended).toEqual([2]);
});

test('several callers share a limit', async () => {
  const inTurn = atMost(2);
  let [running, most] = [0, 0];
  const act = (fails: boolean): Promise<void> =>
    inTurn(async () => {
      running += 1;
      most = Math.max(most, running);
      await after(2);
      running -= 1;
      if (fails) throw new Error('no');
    });
  const all = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => act(index % 3 === 0)));
  expect(most).toBe(2);
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(4);
});

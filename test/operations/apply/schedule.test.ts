import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { schedule } from '../../../operations/apply/schedule.ts';
import { selectSteps } from '../../../operations/apply/select-steps.ts';
import { readPlan } from '../../../operations/plan/read-plan.ts';

const { steps } = readPlan(join(import.meta.dirname, '../../../dist'));
const everything = { from: null, to: null, only: [], canary: null };
const actionsOf = (selection: Partial<typeof everything>) =>
  selectSteps(steps, { ...everything, ...selection }).map(({ target, action }) => `${target.name} ${action}`);

describe('the steps of a run', () => {
  test('are all steps of the plan', () => {
    expect(selectSteps(steps, everything)).toEqual(steps);
  });

  test('begin and end with waves, both included', () => {
    expect(actionsOf({ from: '20-control-plane', to: '40-remote' } as never)).toEqual([
      'host istioctl-install',
      'host apply',
      'member istioctl-install',
    ]);
  });

  test('are those of some clusters only', () => {
    expect(new Set(actionsOf({ only: ['member'] } as never).map((one) => one.split(' ')[0]))).toEqual(
      new Set(['member']),
    );
  });

  test('must be in the plan: every wrong name is told at once', () => {
    const wrong = { from: '41-remote', to: null, only: ['membre'], canary: 'hosst' };
    expect(() => selectSteps(steps, wrong)).toThrow(
      'the plan has no wave 41-remote, cluster membre, cluster hosst: its waves are 00-preflight, 10-foundation',
    );
    expect(() => selectSteps(steps, { ...everything, from: '40-remote', to: '10-foundation' })).toThrow(
      'wave 40-remote comes after wave 10-foundation',
    );
  });
});

describe('the schedule', () => {
  const wavesOf = (canary: string | null) =>
    schedule(steps, canary).map(({ wave, work }) => `${wave} ${work.map(({ cluster }) => cluster).join('+')}`);

  test('has the clusters of a wave side by side, in the order of the waves', () => {
    expect(wavesOf(null)).toEqual([
      '10-foundation host+member',
      '20-control-plane host',
      '30-gateways host',
      '40-remote member',
      '45-discovery host',
      '50-remote-gateways member',
      '60-federation host',
      '70-workloads host+member',
    ]);
  });

  test('has the canary before the other clusters of each wave', () => {
    expect(wavesOf('member')).toContain('10-foundation member');
    expect(wavesOf('member').indexOf('10-foundation member')).toBeLessThan(
      wavesOf('member').indexOf('10-foundation host'),
    );
    expect(wavesOf('member').filter((part) => part.includes('+'))).toEqual([]);
  });

  test('takes all remote secrets of an istiod as one', () => {
    const [secret] = steps.filter(({ action }) => action === 'remote-secret');
    if (secret?.action !== 'remote-secret') throw new Error('the plan has no remote secret');
    const second = { ...secret, read: { ...secret.read, name: 'third', istioCluster: 'third' } };
    const [part] = schedule([secret, second], null);
    expect(part?.work).toEqual([{ cluster: 'host', groups: [[secret, second]] }]);
  });
});

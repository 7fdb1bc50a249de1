import { fails } from '../../../support/servers/interruptions.ts';
import type { Scenario } from '../scenario.ts';
import { uids, urls } from '../scenario-clusters.ts';
import { take } from '../scene-changes.ts';

const applied = 'default';

/** The scenarios of apply.bats. */
export const applyScenarios: readonly Scenario[] = [
  { id: 'apply 1.1' },
  { id: 'apply 5.1', applied },
  { id: 'apply 6.1' },
  { id: 'apply 7.1', applied, before: ({ servers }) => take(servers, 'host', 'services/sample/sleep') },
  { id: 'apply 8.1', applied },
  { id: 'apply 8.2', applied },
  { id: 'apply 9.1', applied },
  { id: 'apply 10.1', args: ['--yes', '--context', 'member=another'] },
  {
    id: 'apply 11.1',
    clusters: { host: { may: () => false } },
    onCall: (_, { context }) => (context === 'member' ? fails('connection refused') : undefined),
  },
  { id: 'apply 12.1', clusters: { member: { uid: uids.host ?? '' } } },
  {
    id: 'apply 12.2',
    before: ({ editPlan }) =>
      editPlan((step) => ({ ...step, target: { ...step.target, uid: '99999999-0000-4000-8000-000000000000' } })),
  },
  { id: 'apply 13.1', joined: { member: 'https://203.0.113.99:6443' } },
  { id: 'apply 13.2', joined: { host: urls.host, member: urls.host } },
  { id: 'apply 14.1', clusters: { host: { version: 'v1.20.15' }, member: { version: 'v1.20.15' } } },
  { id: 'apply 15.1', versions: { istioctl: '1.30.0' } },
  { id: 'apply 16.1', cacerts: 'nobody', args: ['--yes', '--timeout', '2'] },
  { id: 'apply 17.1', cacerts: 'nobody' },
  {
    id: 'apply 18.1',
    clusters: { member: { url: 'https://127.0.0.1:6443' } },
    joined: { host: urls.host, member: 'https://127.0.0.1:6443' },
  },
  { id: 'apply 19.1', applied, before: ({ editPlan }) => editPlan(expectingAnotherAddress) },
  { id: 'apply 20.1' },
  { id: 'apply 21.1' },
  { id: 'apply 21.2' },
  { id: 'apply 21.3' },
  { id: 'apply 21.4' },
  { id: 'apply 21.5' },
  { id: 'apply 22.1' },
];

/** Lets each gateway have another address than it has. */
export const expectingAnotherAddress: Parameters<Parameters<NonNullable<Scenario['before']>>[0]['editPlan']>[0] = (
  step,
) =>
  step.gate?.kind === 'gateway-address-known' ? { ...step, gate: { ...step.gate, expected: ['203.0.113.99'] } } : step;

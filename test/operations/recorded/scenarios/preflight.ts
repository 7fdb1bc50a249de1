import type { Scenario } from '../scenario.ts';
import { urls } from '../scenario-clusters.ts';
import { take } from '../scene-changes.ts';
import { expectingAnotherAddress } from './apply.ts';

const applied = 'default';
const noAdministrator = (right: string): boolean => !right.startsWith('* *');

/** The scenarios of preflight.bats. */
export const preflightScenarios: readonly Scenario[] = [
  { id: 'preflight 2.2' },
  { id: 'preflight 4.1', clusters: { host: { may: noAdministrator }, member: { may: noAdministrator } } },
  {
    id: 'preflight 5.1',
    clusters: {
      host: { may: noAdministrator },
      member: {
        may: (right) =>
          noAdministrator(right) && !/^(patch deployments\.apps istio-system|create namespaces)/.test(right),
      },
    },
  },
  {
    id: 'preflight 6.1',
    applied,
    before: ({ servers }) => Object.assign(servers.cluster('host'), { may: () => false }),
  },
  { id: 'preflight 13.1', cacerts: 'nobody', args: ['--yes', '--from', '20-control-plane'] },
  { id: 'preflight 14.1', applied, before: ({ editPlan }) => editPlan(expectingAnotherAddress) },
  {
    id: 'preflight 16.1',
    applied,
    before: ({ servers }) =>
      take(servers, 'member', 'mutatingwebhookconfigurations.admissionregistration.k8s.io/istio-sidecar-injector'),
  },
  {
    id: 'preflight 16.2',
    applied,
    before: ({ servers }) =>
      take(servers, 'member', 'mutatingwebhookconfigurations.admissionregistration.k8s.io/istio-sidecar-injector'),
  },
  {
    id: 'preflight 18.1',
    joined: { host: urls.host, member: 'https://203.0.113.99:6443' },
    clusters: { host: { version: 'v1.20.15' }, member: { version: 'v1.20.15' } },
  },
];

import type { Step } from '../../../../constructs/plan/steps/step.ts';
import type { Scenario } from '../scenario.ts';
import { urls } from '../scenario-clusters.ts';
import { put, take } from '../scene-changes.ts';

const output = 'helm';
const installed = { output, applied: output };
const registration = 'kubefedclusters.core.kubefed.io/kube-federation-system';

// The charts of Istio from a repository, that of KubeFed from a registry.
function withOtherRepositories(step: Step): Step {
  if (step.action === 'helm-upgrade') return { ...step, chartRepository: 'https://mirror.example/istio' };
  if (step.action !== 'install-engine') return step;
  return { ...step, installation: { ...step.installation, chartRepository: 'oci://mirror.example/kubefed' } };
}

/** The scenarios of install.bats. */
export const installScenarios: readonly Scenario[] = [
  { id: 'install 1.1', output },
  {
    id: 'install 5.1',
    ...installed,
    before: ({ servers }) =>
      ['host', 'member'].forEach((name) => void take(servers, 'host', `${registration}/${name}`)),
  },
  { id: 'install 9.1', ...installed },
  {
    id: 'install 10.1',
    output,
    before: ({ servers }) => {
      const metadata = { name: 'kube-federation-system' };
      put(servers, 'host', { apiVersion: 'v1', kind: 'Namespace', metadata });
      put(servers, 'host', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'waits', namespace: metadata.name, finalizers: ['example.com/waits'] },
      });
      take(servers, 'host', `namespaces/${metadata.name}`);
    },
  },
  { id: 'install 11.1', output, before: ({ servers }) => void servers.cluster('host').paused.add('kubefed') },
  { id: 'install 12.1', output, clusters: { member: { url: 'https://127.0.0.1:6443' } } },
  {
    id: 'install 13.1',
    ...installed,
    before: ({ servers }) =>
      put(servers, 'host', {
        apiVersion: 'core.kubefed.io/v1beta1',
        kind: 'KubeFedCluster',
        metadata: { name: 'former', namespace: 'kube-federation-system' },
        spec: { apiEndpoint: urls.member },
      }),
  },
  { id: 'install 16.1', output },
  { id: 'install 16.2', output },
  { id: 'install 17.2', output, before: ({ editPlan }) => editPlan(withOtherRepositories) },
];

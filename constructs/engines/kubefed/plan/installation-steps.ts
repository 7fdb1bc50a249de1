import type { Cluster, Federation } from '../../../model/federation.ts';
import type { InstallEngineStep, JoinStep, StepBase } from '../../../plan/steps/step.ts';
import { federatedKinds } from './components.ts';

/**
 * The steps that install KubeFed on the host and join every staying cluster to it. Empty if KubeFed is already
 * installed.
 */
export function installationSteps({
  clusters,
  engine: { name, installation },
}: Federation): readonly (InstallEngineStep | JoinStep)[] {
  const host = clusters.find(({ isHost }) => isHost);
  if (installation === null || host === undefined) return [];
  const base = { wave: 'federationControlPlane', target: host, engine: name } as const;
  const install: InstallEngineStep = {
    ...base,
    action: 'install-engine',
    gate: null,
    needs: ['helm'],
    brings: [{ brings: 'kinds', group: 'core.kubefed.io' }, federatedKinds, controller],
    undo: 'kubefed-install-engine',
    installation,
  };
  return [install, ...clusters.filter(({ isLeaving }) => !isLeaving).map((cluster) => joinStep(base, cluster))];
}

const namespace = 'kube-federation-system';

/** The object by which `mesh-federation destroy` recognizes that KubeFed was installed before. */
const controller = {
  brings: 'object',
  group: 'apps',
  kind: 'Deployment',
  namespace,
  name: 'kubefed-controller-manager',
  isEverywhere: false,
} as const;

function joinStep(
  base: Pick<StepBase, 'wave' | 'target'> & { readonly engine: string },
  { name, federationCluster, apiServer }: Cluster,
): JoinStep {
  return {
    ...base,
    action: 'join',
    gate: { kind: 'registration-ready' },
    needs: ['kubefedctl'],
    brings: [
      {
        brings: 'object',
        group: 'core.kubefed.io',
        kind: 'KubeFedCluster',
        namespace,
        name: federationCluster,
        isEverywhere: false,
      },
    ],
    undo: 'kubefed-join',
    joining: { name, federationCluster, apiServer },
  };
}

import type { Cluster, Federation } from '../model/federation.ts';
import type { Step } from './step.ts';

const wave = 'federationControlPlane';

/** The steps that install the engine on the host and join every cluster to it that stays; none where somebody else has done so. */
export function engineSteps({ clusters, engine: { installation } }: Federation): readonly Step[] {
  const host = clusters.find(({ isHost }) => isHost);
  if (installation === null || host === undefined) return [];
  const { version, chartRepository, image, pullSecrets } = installation;
  const args = ['kubefed', version, chartRepository, image, ...pullSecrets];
  return [
    { wave, cluster: host, action: 'install-engine', path: null, wait: null, args },
    ...clusters.filter(({ isLeaving }) => !isLeaving).map((cluster) => joinStep(host, cluster)),
  ];
}

const joinStep = (host: Cluster, { name, federationCluster, apiServer }: Cluster): Step => ({
  wave,
  cluster: host,
  action: 'join',
  path: null,
  wait: 'registration-ready',
  args: [name, federationCluster, apiServer ?? '-'],
});

import { rewriteImage } from '../../../domain/kubernetes/images.ts';
import type { Declaration } from '../../../model/declaration/declaration.ts';
import type { EngineModel } from '../../../model/engine.ts';
import type { EngineInstallation } from '../../../model/federation.ts';
import { kubefedChartRepository, kubefedImage } from '../domain/chart.ts';
import { kubefedReleases } from '../domain/releases.ts';
import { carriesValue } from '../domain/values.ts';
import { kindRules } from './kind-rules.ts';
import { overrideRules } from './override-rules.ts';
import { versionRules } from './version-rules.ts';

/** KubeFed for the rules and the resolution. */
export const kubefedModel: EngineModel = {
  facts: {
    name: 'kubefed',
    title: 'KubeFed',
    makesNamespaces: true,
    // KubeFed never creates the namespace of a FederatedNamespace on its host (v0.10.0, seen).
    adoptsNamespaces: true,
    needsDefinitions: true,
    keptMetadata: ['labels'],
    carriedKeyIsReadBy: "the chart's kubefed-view role lets every viewer read them",
  },
  note: null,
  recommendedVersion: '0.10.0',
  exampleContext: null,
  words: {
    host: 'the cluster that runs KubeFed',
    leavingHost: 'KubeFed, which drains the clusters, runs there',
    sameServer: 'KubeFed deletes the workloads of a cluster that is joined under two names',
    noProtocol: 'KubeFed compares ports as written',
    sameName: 'KubeFed keeps one object per name',
    negativeIndex: 'KubeFed panics on a negative index',
    repeatedPath: 'otherwise KubeFed refuses the whole object in every cluster, even if op differs',
    missingParent: 'otherwise KubeFed leaves this cluster unchanged',
    largeNumber: 'KubeFed and JSON lose digits',
    value: 'a string, a whole number, true, false, a list or a mapping, without null inside (KubeFed 0.4.1)',
  },
  carriesValue,
  refuseInstallation: (version) =>
    kubefedReleases[version]?.isInstalled === false
      ? {
          expected: `no installation of KubeFed ${version}: it was never tested, because the Kubernetes versions that run it are no longer available`,
          fix: 'remove install, and install KubeFed as in the tutorial, or use 0.10.0',
        }
      : null,
  installationOf,
  errorRules: { ...versionRules, ...kindRules, ...overrideRules },
  warningRules: {},
};

function installationOf({ federation, images }: Declaration): EngineInstallation {
  const { version = '', chartRepository = kubefedChartRepository } = federation;
  const image = rewriteImage(kubefedImage(version), images.registries);
  return { chart: 'kubefed', version, chartRepository, image, pullSecrets: images.pullSecrets };
}

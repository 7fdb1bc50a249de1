import type { GitopsContext } from '../../../delivery/gitops/entry-points.ts';
import type { ReleaseUnit } from '../../../plan/gitops/units.ts';
import { requestedAt } from './barriers.ts';
import { chartsName, helmApi } from './charts.ts';
import { accessTo, type Flux } from './fluxes.ts';
import { timing } from './source.ts';

/** A release that fails stays as it is, and is tried again: nobody uninstalls an istiod that serves. */
const strategy = { name: 'RetryOnFailure', retryInterval: timing.retryInterval };

// What istiod writes into its webhooks (1.31.0 manifests/charts: at most four in one object).
const ofIstiod = [
  {
    target: { kind: 'MutatingWebhookConfiguration' },
    paths: [0, 1, 2, 3].map((index) => `/webhooks/${index}/clientConfig/caBundle`),
  },
  {
    target: { kind: 'ValidatingWebhookConfiguration' },
    paths: ['/webhooks/0/clientConfig/caBundle', '/webhooks/0/failurePolicy'],
  },
];

/**
 * The HelmRelease of a release. Its barrier never prunes it, since Flux would uninstall the release: whoever wants that
 * deletes it.
 */
export function releaseEntry(context: GitopsContext, flux: Flux, unit: ReleaseUnit): object {
  const { gitops } = context.plan;
  return {
    apiVersion: helmApi,
    kind: 'HelmRelease',
    metadata: {
      name: unit.name,
      namespace: gitops.namespace,
      annotations: { ...gitops.engine.keepAnnotations, [requestedAt]: context.contentOf(unit).digest },
    },
    spec: {
      interval: timing.interval,
      timeout: timing.timeout,
      ...accessTo(context, flux, unit),
      ...(unit.after === null ? {} : { dependsOn: [{ name: unit.after }] }),
      releaseName: unit.release,
      targetNamespace: unit.namespace,
      storageNamespace: unit.namespace,
      chart: {
        spec: {
          chart: unit.chart,
          version: unit.version,
          sourceRef: { kind: 'HelmRepository', name: chartsName(context) },
        },
      },
      install: { crds: 'CreateReplace', strategy },
      upgrade: { crds: 'CreateReplace', strategy },
      driftDetection: { mode: 'enabled', ignore: ofIstiod },
      values: unit.values,
    },
  };
}

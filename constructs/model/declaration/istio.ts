import { z } from 'zod';
import { istioChartRepository } from '../../domain/istio/chart-repository.ts';
import { knownIstioVersions, recommendedIstioVersion } from '../../domain/istio/releases.ts';
import { chartRepository, dnsLabel, exactVersion, mapping, one, record, text } from './shapes.ts';

/** Registry of Istio's images. */
export const hub = text(
  'image-prefix-is-printable',
  /^(?=.{1,255}$)[a-z0-9][a-z0-9.-]*(:\d{1,5})?(\/[a-z0-9][a-z0-9._-]*)*$/,
)
  .meta({
    description: 'Registry and path of the images of Istio. Default: the registry of the release',
    examples: ['registry.example/istio'],
  })
  .optional();

/** Further values of Istio's charts. A rule checks them against their own schema (`istio-values-fit-their-schema`). */
export const values = record(z.string('value-is-a-mapping'), z.unknown())
  .meta({
    description: 'Further values for the Helm charts of Istio, with every installer',
    examples: [{ pilot: { resources: { requests: { cpu: '500m' } } } }],
  })
  .default({});

/** The mesh. */
export const istio = mapping({
  version: exactVersion('Exact Istio version; it decides the dialect', ...knownIstioVersions),
  installer: one('installer-is-known', 'istioctl', 'helm', 'sail')
    .describe('What installs Istio: istioctl, helm, or sail, the Sail operator')
    .default('istioctl'),
  topology: one('topology-is-known', 'primary-remote', 'multi-primary')
    .describe(
      'primary-remote: the host is the primary of every other cluster; multi-primary: every cluster is a primary',
    )
    .default('primary-remote'),
  meshID: dnsLabel('ID of the mesh. Default: the name of the federation', 'mesh1').optional(),
  hub,
  chartRepository: chartRepository(
    'Helm repository with the charts base and istiod: https://, http:// or oci://. Default: the repository of Istio',
    istioChartRepository,
  ),
  values,
}).meta({ description: 'The mesh', examples: [{ version: recommendedIstioVersion }] });

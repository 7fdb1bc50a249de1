import { versionOf } from '../build/chosen.ts';
import type { ModuleName } from './modules.ts';

/** A program copied into an image. */
export interface ImageFile {
  /** Source of the program: a row of the module table, or Envoy. */
  readonly from: ModuleName | 'envoy';
  /** Its path in the source: `bin/NAME`, or one of the module's kept files. */
  readonly path: string;
  readonly to: string;
}

/** An image of the local registry, with one or two layers on top of the Debian base. */
export interface ImageRow {
  /** Repository paths, without a registry: the mirror stands for all registries. */
  readonly names: readonly string[];
  readonly tags: readonly string[];
  readonly files: readonly ImageFile[];
  readonly entrypoint: readonly string[];
  /** @default - root */
  readonly user?: string;
}

/** The image of every pod's sandbox. It only has to sleep. */
export const PAUSE = 'e2e/pause:1';

/** THE table of images: the names in manifests, unmodified, with programs that were built here. */
export const images = (): readonly ImageRow[] => [
  {
    names: ['e2e/pause'],
    tags: ['1'],
    files: [],
    entrypoint: ['/bin/sleep', 'infinity'],
  },
  {
    names: ['istio/pilot', 'release/pilot'],
    tags: [versionOf('istio')],
    files: [program('istio', 'pilot-discovery')],
    entrypoint: ['/usr/local/bin/pilot-discovery'],
    user: '1337:1337',
  },
  {
    names: ['istio/proxyv2', 'release/proxyv2'],
    tags: [versionOf('istio')],
    files: [
      program('istio', 'pilot-agent'),
      program('envoy', 'envoy'),
      {
        from: 'istio',
        path: 'files/tools/packaging/common/envoy_bootstrap.json',
        to: '/var/lib/istio/envoy/envoy_bootstrap_tmpl.json',
      },
    ],
    entrypoint: ['/usr/local/bin/pilot-agent'],
  },
  helloworld('v1'),
  helloworld('v2'),
  {
    // The clients of Istio's samples, old and new: they sleep and contain curl.
    names: ['curlimages/curl', 'governmentpaas/curl-ssl'],
    tags: ['latest', '8.16.0'],
    files: [],
    entrypoint: ['/bin/sleep', 'infinity'],
  },
  {
    names: ['kubernetes-multicluster/kubefed'],
    tags: [versionOf('kubefed')],
    // One program that acts according to the name by which it is called.
    files: ['controller-manager', 'webhook', 'kubefedctl'].map((name) => ({
      from: 'kubefed' as const,
      path: 'bin/hyperfed',
      to: `/hyperfed/${name}`,
    })),
    entrypoint: ['/hyperfed/controller-manager'],
  },
];

function program(from: ImageFile['from'], name: string): ImageFile {
  return { from, path: `bin/${name}`, to: `/usr/local/bin/${name}` };
}

function helloworld(version: string): ImageRow {
  return {
    names: [`istio/examples-helloworld-${version}`, `release/examples-helloworld-${version}`],
    tags: ['latest', '1.0'],
    files: [program('helloworld', 'helloworld')],
    entrypoint: ['/usr/local/bin/helloworld', version],
  };
}

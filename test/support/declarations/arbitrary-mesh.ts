import fc from 'fast-check';
import { istioReleases } from '../../../constructs/domain/istio/releases.ts';
import { sailVersions } from '../../../constructs/domain/istio/sail-versions.ts';

/** The mesh of a declaration: versions, topology and the settings of every cluster. */
export interface MeshData {
  readonly istio: { readonly version: string; readonly installer?: string; readonly topology?: string };
  readonly federation: { readonly engine: string; readonly version?: string };
  readonly trust: { readonly cacerts: string };
  readonly clusters: readonly ClusterData[];
}

/** A cluster as plain data. */
export interface ClusterData {
  readonly name: string;
  readonly role: string;
  readonly network: string;
}

/** A mapping with one key, or an empty one. */
export const maybe = <T>(value: fc.Arbitrary<T>, key: string): fc.Arbitrary<Record<string, T>> =>
  fc.oneof(
    fc.constant<Record<string, T>>({}),
    value.map((v) => ({ [key]: v })),
  );

type Gateway = Readonly<Record<string, unknown>> | 'none' | undefined;

interface Draft {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly network: string;
  readonly gateway: Gateway;
  readonly isLocallyInjected: boolean;
}

const network = fc.constantFrom('network1', 'network2', 'network3');

function factsOf(index: number): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return fc
    .tuple(
      maybe(
        fc.constantFrom(`context-${index}`, `arn:aws:eks:x:${index}:cluster/a b`, `it's "${index}" @home`),
        'kubeContext',
      ),
      maybe(fc.constant(`cluster-${index}-of-istio`), 'istioCluster'),
      maybe(fc.constant(`cluster-${index}.example`), 'federationCluster'),
      maybe(fc.constant(`https://203.0.113.${index + 1}:6443`), 'apiServer'),
    )
    .map((parts) => Object.assign({}, ...parts) as Readonly<Record<string, unknown>>);
}

/** Everything that Istio 1.7 supports: its own load balancers, one primary. */
function tutorialMesh(names: readonly string[]): fc.Arbitrary<MeshData> {
  const gateway = (port: number) =>
    fc
      .record({ port: fc.constant(port) })
      .chain((base) => maybe(publicAddress, 'address').map((more) => ({ ...base, ...more })));
  return fc
    .record({
      patch: fc.integer({ min: 0, max: 8 }),
      port: fc.constantFrom(443, 15443),
      cacerts: fc.constantFrom('existing', 'federated-secret'),
    })
    .chain(({ patch, port, cacerts }) =>
      fc.tuple(...names.map((_, index) => fc.tuple(factsOf(index), network, gateway(port)))).map((drafts) => ({
        istio: { version: `1.7.${patch}` },
        federation: { engine: 'kubefed', version: '0.4.1' },
        trust: { cacerts },
        clusters: drafts.map(([facts, inNetwork, declared], index) =>
          cluster(names[index] ?? '', index, inNetwork, { ...facts, gateway: declared }),
        ),
      })),
    );
}

const currentVersions = Object.entries(istioReleases).flatMap(([minor, { dialect, newestPatch }]) =>
  dialect.name === 'current' ? [`${minor}.0`, `${minor}.${newestPatch}`] : [],
);

// By which other networks may reach a gateway. Without bias, two gateways hardly ever share one.
const number = fc.noBias(fc.integer({ min: 0, max: 2 ** 24 - 1 }));
const publicAddress = number.map((one) => `10.${one >> 16}.${(one >> 8) & 255}.${one & 255}`);
const publicAddress6 = number.map((one) => `2001:db8::${(one >> 16).toString(16)}:${(one & 65535).toString(16)}`);

function currentGateway(port: number): fc.Arbitrary<Gateway> {
  const range = fc.constantFrom('198.51.100.0/24', '2001:db8::/32');
  return fc.oneof(
    fc.constant<Gateway>(port === 15443 ? undefined : { port }),
    fc.constant<Gateway>('none'),
    fc.constant<Gateway>({ port, type: 'NodePort' }),
    publicAddress.map((address) => ({ port, type: 'ExternalIPs', address })),
    fc.tuple(publicAddress6, publicAddress).map((address) => ({ port, address })),
    fc
      .tuple(fc.constantFrom('ksc', 'aws', 'gcp', 'azure'), fc.array(range, { maxLength: 2 }))
      .map(([preset, sourceRanges]) => ({ port, preset, sourceRanges, annotations: { 'example.com/owner': 'mesh' } })),
  );
}

/** Everything that current Istio supports: any topology and installer, gateways of every kind and none. */
function currentMesh(names: readonly string[]): fc.Arbitrary<MeshData> {
  return fc
    .record({
      version: fc.constantFrom(...currentVersions),
      installer: fc.constantFrom('istioctl', 'helm', 'sail'),
      topology: fc.constantFrom('primary-remote', 'multi-primary'),
      port: fc.constantFrom(443, 15443, 8443),
      cacerts: fc.constantFrom('existing', 'federated-secret'),
      isPlain: fc.integer({ max: 4, min: 0 }).map((number) => number === 0),
    })
    .chain((mesh) =>
      fc
        .tuple(
          ...names.map((_, index) =>
            fc.record<Draft>({
              facts: factsOf(index),
              network,
              gateway: currentGateway(mesh.port),
              isLocallyInjected: fc.boolean(),
            }),
          ),
        )
        .map((drafts) => toCurrentMesh(mesh, names, drafts)),
    );
}

function toCurrentMesh(
  mesh: Readonly<Record<'version' | 'installer' | 'topology' | 'cacerts', string>> & {
    readonly port: number;
    readonly isPlain: boolean;
  },
  names: readonly string[],
  drafts: readonly Draft[],
): MeshData {
  const minor = Number(mesh.version.split('.')[1]);
  const isRemote = (index: number): boolean => mesh.topology === 'primary-remote' && index > 0;
  const isLocal = (index: number): boolean =>
    minor >= 27 && isRemote(index) && drafts[index]?.isLocallyInjected === true;
  const hasAnnotation = drafts.some((_, index) => isRemote(index) && !isLocal(index));
  const served = new Set<string>();
  const clusters = drafts.map(({ facts, network: inNetwork, gateway }, index) => {
    const isServing = index === 0 && mesh.topology === 'primary-remote';
    // The primary of remotes needs an address. A network needs one gateway before its other clusters may have none.
    const declared = isServing
      ? { port: mesh.port, address: '203.0.113.10' }
      : gateway === 'none' && !served.has(inNetwork)
        ? { port: mesh.port }
        : gateway;
    if (declared !== 'none') served.add(inNetwork);
    return cluster(names[index] ?? '', index, inNetwork, {
      ...facts,
      ...(declared === undefined ? {} : { gateway: declared }),
      ...(isLocal(index) ? { controlPlane: { remoteOf: names[0], injector: 'local' } } : {}),
    });
  });
  return {
    istio: {
      version: mesh.version,
      installer:
        mesh.installer === 'sail' && (minor < 29 || !sailVersions.includes(mesh.version)) ? 'helm' : mesh.installer,
      topology: mesh.topology,
    },
    federation: mesh.isPlain ? { engine: 'plain' } : { engine: 'kubefed', version: '0.10.0' },
    trust: { cacerts: hasAnnotation || mesh.isPlain ? 'existing' : mesh.cacerts },
    clusters,
  };
}

function cluster(name: string, index: number, inNetwork: string, more: Readonly<Record<string, unknown>>): ClusterData {
  return { name, role: index === 0 ? 'host' : 'member', network: inNetwork, ...more };
}

/** Valid meshes, of both dialects and all topologies. */
export function meshes(names: readonly string[]): fc.Arbitrary<MeshData> {
  return fc.oneof(tutorialMesh(names), currentMesh(names), currentMesh(names));
}

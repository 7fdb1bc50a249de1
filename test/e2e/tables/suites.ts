import type { Substitutes } from '../build/chosen.ts';
import type { Variation } from '../product/synthesize.ts';
import { CHART_REPOSITORY } from './charts.ts';
import { MODULES_OF_UP, type ModuleName } from './modules.ts';

/** Clusters with nodes, only API servers, or nothing: such a suite starts and kills its own runners. */
export type SuiteForm = 'nodes' | 'light' | 'none';

/** A suite: its requirements, and its description for the pages. */
export interface SuiteRow {
  readonly name: string;
  /** Directory of its file, which several rows may share. @default - the name */
  readonly directory?: string;
  /** Forms on which it can run, the usual one first. */
  readonly forms: readonly [SuiteForm, ...SuiteForm[]];
  /** Rows of the cluster table, or those that the examples name. With form `none`, those that it starts itself. */
  readonly clusters: readonly string[] | 'of the examples';
  /** Modules besides those of the servers. */
  readonly modules: readonly ModuleName[];
  /** Replaced rows of the module table: the versions that the suite runs. @default - none */
  readonly substitutes?: Substitutes;
  /** Whether it reads the product's output for the repository's declarations. */
  readonly output: boolean;
  /** Further declarations, with or without changes, whose output it reads. @default - none */
  readonly variations?: readonly Variation[];
  /** The mesh that it installs on empty clusters, which no other suite uses. @default - none */
  readonly mesh?: Variation;
  /** Whether it is part of every run, or only of `--all` and `--only`. */
  readonly core: boolean;
  /**
   * Budget on a warm machine with two cores. It includes the suite's own clusters, but not shared ones. A suite that
   * takes longer has become too slow.
   */
  readonly minutes: number;
}

/** THE table of suites, in the order in which they run. */
export const SUITES: readonly SuiteRow[] = [
  {
    name: 'self',
    forms: ['none'],
    clusters: [],
    modules: [],
    output: false,
    core: true,
    minutes: 0.2,
  },
  {
    name: 'pins',
    forms: ['none'],
    clusters: [],
    modules: [],
    output: false,
    core: true,
    minutes: 1,
  },
  {
    name: 'lifecycle',
    forms: ['none'],
    clusters: ['host', 'member'],
    modules: MODULES_OF_UP,
    output: false,
    core: true,
    minutes: 1.4,
  },
  {
    name: 'installers',
    forms: ['none'],
    clusters: [],
    modules: ['istio', 'helm'],
    output: false,
    core: true,
    minutes: 0.7,
  },
  {
    name: 'acceptance',
    forms: ['light', 'nodes'],
    clusters: 'of the examples',
    modules: ['istio', 'kubefed'],
    output: true,
    core: true,
    minutes: 2.2,
  },
  {
    name: 'smoke-mesh',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    core: true,
    minutes: 1.2,
  },
  {
    name: 'istioctl',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: true,
    core: true,
    minutes: 0.5,
  },
  {
    name: 'federation',
    forms: ['nodes', 'light'],
    clusters: ['host', 'member'],
    modules: ['kubefed', 'helm'],
    output: true,
    core: true,
    minutes: 2,
  },
  {
    name: 'preflight',
    forms: ['light'],
    clusters: ['host', 'member'],
    modules: ['istio', 'kubefed', 'helm'],
    output: false,
    mesh: { declaration: 'examples/shop.yaml' },
    core: false,
    minutes: 2.5,
  },
  {
    name: 'karmada',
    forms: ['light'],
    clusters: ['host', 'member', 'federation'],
    modules: ['karmada', 'istio'],
    output: false,
    variations: [
      { declaration: 'examples/karmada.yaml' },
      { declaration: 'test/e2e/suites/karmada/differences.yaml' },
      { declaration: 'examples/shop.yaml', federation: { engine: 'karmada', kubeContext: 'karmada-apiserver' } },
    ],
    core: false,
    minutes: 2.6,
  },
  {
    name: 'baseline',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'kubefed', 'helm', 'helloworld'],
    output: false,
    core: true,
    minutes: 0.7,
  },
  {
    name: 'breaks',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    core: true,
    minutes: 0.3,
  },
  {
    name: 'drills',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    core: false,
    minutes: 5,
  },
  {
    name: 'networks',
    forms: ['nodes'],
    clusters: ['host', 'member', 'twin'],
    modules: [],
    output: false,
    core: false,
    minutes: 2,
  },
  {
    name: 'script',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/topologies/primary-remote.yaml', installer: 'istioctl' },
    core: false,
    minutes: 2.6,
  },
  {
    name: 'install',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'kubefed', 'helm', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/install/federation.yaml', chartRepository: CHART_REPOSITORY },
    core: false,
    minutes: 5,
  },
  {
    name: 'membership',
    forms: ['nodes'],
    clusters: ['host', 'member', 'edge'],
    modules: ['istio', 'kubefed', 'helm', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/membership/membership.yaml', installer: 'istioctl' },
    core: false,
    minutes: 6,
  },
  {
    name: 'verify',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/topologies/multi-primary.yaml', installer: 'istioctl' },
    core: false,
    minutes: 11,
  },
  {
    name: 'interruptions',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/topologies/primary-remote.yaml', installer: 'istioctl' },
    core: false,
    minutes: 3,
  },
  {
    name: 'destroy',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'kubefed', 'helm', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/destroy/offboarded.yaml', installer: 'istioctl' },
    core: false,
    minutes: 5,
  },
  hazards('hazards', {}, 3.5),
  hazards('hazards-1.30', { istio: 'istio-1.30' }, 3.5),
  mesh('primary-remote', 'istioctl', ['host', 'member'], true, 1.9),
  mesh('multi-primary', 'helm', ['host', 'member'], true, 2.3),
  mesh('primary-remote', 'helm', ['host', 'member'], false, 2.2),
  mesh('multi-primary', 'istioctl', ['host', 'member'], false, 2.2),
  mesh('mixed-networks', 'istioctl', ['host', 'member', 'twin'], false, 2.6),
  mesh('mixed-networks', 'helm', ['host', 'member', 'twin'], false, 2.6),
];

// Defects of Istio that the output works around or warns about: once on the default version, once on the previous
// minor.
function hazards(name: string, substitutes: Substitutes, minutes: number): SuiteRow {
  return {
    name,
    directory: 'hazards',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    substitutes,
    output: false,
    mesh: { declaration: 'test/e2e/suites/hazards/hazards.yaml' },
    core: false,
    minutes,
  };
}

function mesh(
  topology: string,
  installer: 'istioctl' | 'helm',
  clusters: readonly string[],
  core: boolean,
  minutes: number,
): SuiteRow {
  return {
    name: `${topology}-${installer}`,
    directory: 'topologies',
    forms: ['nodes'],
    clusters,
    modules: ['istio', 'helloworld', ...(installer === 'helm' ? (['helm'] as const) : [])],
    output: false,
    mesh: {
      declaration: `test/e2e/suites/topologies/${topology}.yaml`,
      installer,
      ...(installer === 'helm' ? { chartRepository: CHART_REPOSITORY } : {}),
    },
    core,
    minutes,
  };
}

/** The directory of a suite's file. */
export function directoryOf({ name, directory = name }: SuiteRow): string {
  return directory;
}

/** The suite of this name, or all suites in the directory of this name. */
export function suitesNamed(name: string): SuiteRow[] {
  const found = SUITES.filter((row) => row.name === name || directoryOf(row) === name);
  if (found.length > 0) return found;
  const names = [...SUITES.map((row) => row.name), ...SUITES.flatMap((row) => row.directory ?? [])];
  throw new Error(`no suite ${JSON.stringify(name)}; there are ${[...new Set(names)].join(', ')}`);
}

import { MODULES_OF_UP, type ModuleName } from './modules.ts';

/** Clusters with nodes, API servers only, or nothing: that suite starts and kills runners of its own. */
export type SuiteForm = 'nodes' | 'light' | 'none';

/** A suite: what it needs to run, and what the pages say of it. */
export interface SuiteRow {
  readonly name: string;
  /** Forms it can run on, the usual one first. */
  readonly forms: readonly [SuiteForm, ...SuiteForm[]];
  /** Rows of the cluster table, or those that the examples name; with form `none`, those that it brings up itself. */
  readonly clusters: readonly string[] | 'of the examples';
  /** Modules beside those of the servers. */
  readonly modules: readonly ModuleName[];
  /** Whether it reads the product's output. */
  readonly output: boolean;
  /** Part of every run, or only of `--all` and `--only`. */
  readonly core: boolean;
  /** Budget on a warm machine with two cores; a suite that takes longer has become too slow. */
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
    minutes: 0.5,
  },
  {
    name: 'lifecycle',
    forms: ['none'],
    clusters: ['host', 'member'],
    modules: MODULES_OF_UP,
    output: false,
    core: true,
    minutes: 1.5,
  },
  {
    name: 'acceptance',
    forms: ['light', 'nodes'],
    clusters: 'of the examples',
    modules: ['istio', 'kubefed'],
    output: true,
    core: true,
    minutes: 2.5,
  },
  {
    name: 'smoke-mesh',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    core: true,
    minutes: 2,
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
    name: 'baseline',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'kubefed', 'helm', 'helloworld'],
    output: false,
    core: true,
    minutes: 1,
  },
  {
    name: 'breaks',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    core: true,
    minutes: 1,
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
];

/** The suite of this name. */
export function suite(name: string): SuiteRow {
  const found = SUITES.find((row) => row.name === name);
  if (found === undefined) {
    throw new Error(`no suite ${JSON.stringify(name)}; there are ${SUITES.map((row) => row.name).join(', ')}`);
  }
  return found;
}

import type { Substitutes } from '../build/chosen.ts';
import { CHART_REPOSITORY } from './charts.ts';
import type { SuiteRow } from './suite.ts';

/** Upstream Envoy lacks the filters that Istio compiles into its own. */
const upstreamEnvoy = {
  pilot: { env: { PILOT_ENABLE_ALPN_FILTER: 'false', PILOT_ENABLE_METADATA_EXCHANGE: 'false' } },
  telemetry: { enabled: false },
};

/** The suites in which an output installs a mesh on empty clusters with nodes, in the order in which they run. */
export const SCRIPT_SUITES: readonly SuiteRow[] = [
  {
    name: 'script',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/topologies/primary-remote.yaml', installer: 'istioctl' },
    core: false,
    minutes: 12,
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
    minutes: 10,
  },
  {
    name: 'thin-default',
    directory: 'thin',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'kubefed', 'helm', 'helloworld'],
    output: false,
    mesh: { declaration: 'federation.yaml', values: upstreamEnvoy },
    core: false,
    minutes: 5,
  },
  {
    name: 'thin-multi-primary-helm',
    directory: 'thin',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'kubefed', 'helm', 'helloworld'],
    output: false,
    mesh: {
      declaration: 'test/e2e/suites/topologies/multi-primary.yaml',
      installer: 'helm',
      chartRepository: CHART_REPOSITORY,
    },
    core: false,
    minutes: 4,
  },
  {
    name: 'clouds',
    forms: ['nodes'],
    clusters: ['host', 'member'],
    modules: ['istio', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/clouds/clouds.yaml' },
    core: false,
    minutes: 8,
  },
  {
    name: 'dual-stack',
    forms: ['nodes'],
    clusters: ['dual-host', 'dual-member', 'edge'],
    modules: ['istio', 'helloworld'],
    output: false,
    mesh: { declaration: 'test/e2e/suites/dual-stack/dual-stack.yaml' },
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

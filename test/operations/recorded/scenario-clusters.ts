import type { ClusterDescription } from '../../support/servers/world.ts';
import { karmadaOn } from '../../support/servers/worlds/karmada.ts';
import { cacerts, kubefedOn, namespace } from '../../support/servers/worlds/registered.ts';
import type { Scenario } from './scenario.ts';

type Descriptions = Readonly<Record<string, ClusterDescription>>;

/** UIDs of the clusters of every scenario. */
export const uids: Readonly<Record<string, string>> = {
  host: '10625018-0000-4000-8000-000000000000',
  member: '43f55a35-0000-4000-8000-000000000000',
  federation: '7d0c3b7a-0000-4000-8000-000000000000',
};

/** URLs of the API servers of every scenario. */
export const urls = { host: 'https://203.0.113.20:6443', member: 'https://203.0.113.21:6443' };

/** The clusters of a scenario, by their names. If somebody has made their Secrets cacerts, all have one root. */
export function clustersOf(scenario: Scenario, root: string): Descriptions {
  const { output = 'default', cacerts: maker = 'somebody', joined = urls, clusters = {} } = scenario;
  const ca = maker === 'somebody' ? [namespace('istio-system'), cacerts(root)] : [];
  const version = output === 'tutorial' ? 'v1.18.20' : 'v1.34.4';
  const engine = output === 'helm' || output === 'karmada' ? [] : kubefedOn(joined);
  const described: Descriptions = {
    ...(output === 'karmada' ? { federation: karmada() } : {}),
    host: { uid: uids.host ?? '', url: urls.host, address: '203.0.113.10', version, holds: [...engine, ...ca] },
    member: {
      ...{ uid: uids.member ?? '', url: urls.member, address: '203.0.113.11', version },
      holds: output === 'tutorial' ? [] : ca,
    },
  };
  return Object.fromEntries(
    Object.entries(described).map(([name, description]) => {
      const { holds = [], ...changes } = clusters[name] ?? {};
      return [name, { ...description, ...changes, holds: [...(description.holds ?? []), ...holds] }];
    }),
  );
}

function karmada(): ClusterDescription {
  return { uid: uids.federation ?? '', isKarmada: true, holds: karmadaOn(urls) };
}

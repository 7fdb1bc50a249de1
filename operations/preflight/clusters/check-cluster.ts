import type { Run } from '../../run/run.ts';
import { allFindings, type Findings, noFindings } from '../findings.ts';
import { checkCapacity } from './capacity.ts';
import type { ClusterFacts } from './facts.ts';
import { checkGateway, expectedAddresses } from './gateway.ts';
import { checkInjector } from './injector.ts';
import { checkKinds } from './kinds.ts';
import { checkVersion } from './version.ts';

/** What the facts about one cluster say, without those of the others. */
export function checkCluster(run: Run, facts: ClusterFacts): Findings {
  const { cluster, expected, kinds, version, gateway, lacksInjector, capacity } = facts;
  const { name } = cluster;
  return allFindings([
    expected === null || version === null ? noFindings : checkVersion(name, expected, version),
    checkKinds(run, name, kinds),
    checkGateway(name, expectedAddresses(run, name), gateway),
    lacksInjector === null ? noFindings : checkInjector(name, run.steps, lacksInjector),
    capacity === null || !expected?.capacity ? noFindings : checkCapacity(name, expected.capacity, capacity),
  ]);
}

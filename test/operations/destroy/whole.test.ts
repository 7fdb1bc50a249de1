import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reachClusters } from '../../../operations/clusters/reach-clusters.ts';
import { serversOfPlan } from '../../../operations/plan/clusters.ts';
import { type Output, readOutput } from '../../../operations/plan/output.ts';
import { comingRecord } from '../../../operations/record/coming-record.ts';
import { createdBy, noteCreated } from '../../../operations/record/created.ts';
import { writeRecord } from '../../../operations/record/write-record.ts';
import type { Run } from '../../../operations/run/run.ts';
import { takeSteps } from '../../../operations/steps/take-steps.ts';
import { makeStop } from '../../../operations/tools/stop.ts';
import { makeServers, type Servers } from '../../support/servers/servers.ts';
import { cacerts, kubefedOn, namespace } from '../../support/servers/worlds/registered.ts';
import { defaultWorld, emptyClusters, urlOf } from '../../support/servers/worlds/worlds.ts';
import { destroyIn, output } from './destroy-run.ts';

/** Applies an output to servers as a run of apply does, without its checks and gates. */
async function applyTo(servers: Servers, to: Output, contexts: ReadonlyMap<string, string>): Promise<void> {
  const program = servers.run;
  const reached = await reachClusters(serversOfPlan(to.plan, contexts), {
    run: program,
    parallel: 4,
    answerSeconds: 30,
  });
  if (reached.kind === 'problems') throw new Error(JSON.stringify(reached.problems));
  const { clusters } = reached;
  const members = [...clusters.values()].map(({ name, uid }) => ({ name, uid }));
  for (const cluster of clusters.values()) {
    const coming = comingRecord(null, to, cluster.name, members);
    await writeRecord(cluster, null, await noteCreated(cluster, coming, createdBy(to, cluster, false)));
  }
  const settings = {
    timeoutSeconds: 5,
    pollMilliseconds: 1,
    parallel: 1,
    forceConflicts: false,
    cacerts: null,
    allowHttpCharts: false,
  };
  const run: Run = { output: to, steps: to.plan.steps, clusters, mode: 'apply', settings, program, stop: makeStop() };
  for (const step of to.plan.steps) if (step.wave !== 'traffic') await takeSteps(run, [step], () => {});
}

const golden = (name: string): Output => readOutput(join(import.meta.dirname, '../../golden', name));
const urls = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name, index) => [name, urlOf(index)]));

/** Clusters to which KubeFed was installed, and which have joined it. */
function registered(names: readonly string[]): Servers {
  const [host = ''] = names;
  const all = Object.fromEntries(names.map((name) => [name, {}]));
  return makeServers({ ...all, [host]: { holds: [...kubefedOn(urls(names)), namespace('istio-system'), cacerts()] } });
}

interface Case {
  readonly servers: Servers;
  readonly to: Output;
}

const cases: Readonly<Record<string, () => Case>> = {
  'the default output': () => ({ servers: defaultWorld(), to: output }),
  'an output that installs KubeFed': () => ({ servers: emptyClusters(['host', 'member']), to: golden('helm') }),
  'an output that federates the CA': () => ({
    servers: registered(['frankfurt', 'virginia', 'singapore']),
    to: golden('multi-primary'),
  }),
  'an output with kinds of its own': () => ({ servers: registered(['host', 'member']), to: golden('shop') }),
};

describe('after an apply', () => {
  test.each(Object.keys(cases))('of %s, everything is as it was', async (name) => {
    const made = cases[name]?.();
    if (made === undefined) return;
    const { servers, to } = made;
    const before = servers.snapshot();
    await applyTo(servers, to, new Map());
    const { code, text } = await destroyIn(servers, to.plan, { typedName: to.plan.federation });
    expect(code, text).toBe(0);
    for (const [cluster, objects] of Object.entries(servers.snapshot()))
      expect([cluster, Object.keys(objects)], text).toEqual([cluster, Object.keys(before[cluster] ?? {})]);
  });
});

describe('a run that is killed', () => {
  // Some of the changes: each needs an apply.
  test.each([
    ['an output that installs KubeFed', 12],
    ['an output that federates the CA', 40],
  ])('and run again ends as one that is not: %s', { timeout: 240_000 }, async (name, step) => {
    const changes = await runKilled(name, Number.POSITIVE_INFINITY, 'before');
    for (let change = changes % step; change < changes; change += step)
      await runKilled(name, change, change % 2 === 0 ? 'before' : 'after');
  });
});

/** Applies, kills a run of destroy at one of its changes, and runs it again. Returns how many changes it makes. */
async function runKilled(name: string, change: number, when: 'before' | 'after'): Promise<number> {
  const made = cases[name]?.();
  if (made === undefined) throw new Error(`there is no case ${name}`);
  const { servers, to } = made;
  const before = servers.snapshot();
  await applyTo(servers, to, new Map());
  let changes = 0;
  servers.setOnCall((_, { program, args }) => {
    if (!isChange(program, args)) return undefined;
    changes += 1;
    return changes === change + 1 ? { kind: 'dies', when } : undefined;
  });
  const options = { typedName: to.plan.federation };
  const killed = servers.nextLife();
  const ended = await Promise.race([destroyIn(killed, to.plan, options), killed.died]);
  expect(ended === 'died').toBe(Number.isFinite(change));
  servers.setOnCall(undefined);
  if (ended === 'died') {
    releaseLeases(servers);
    const { code, text } = await destroyIn(servers.nextLife(), to.plan, options);
    expect([change, when, code], text).toEqual([change, when, 0]);
  }
  for (const [cluster, objects] of Object.entries(servers.snapshot()))
    expect([change, cluster, Object.keys(objects)]).toEqual([change, cluster, Object.keys(before[cluster] ?? {})]);
  return changes;
}

const isChange = (program: string, args: readonly string[]): boolean =>
  program === 'kubectl'
    ? ['apply', 'create', 'replace', 'delete'].some((verb) => args.includes(verb))
    : ['uninstall', 'unjoin'].some((verb) => args.includes(verb)) && !args.includes('--help');

// A minute later nobody holds them.
function releaseLeases({ world }: Servers): void {
  for (const { server } of world.clusters.values())
    for (const { kind, object } of server.entries)
      if (kind.kind === 'Lease' && object.metadata.name === 'mesh-federation')
        server.finish({ kind, namespace: 'kube-system', name: 'mesh-federation' });
}

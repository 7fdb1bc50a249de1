import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reachClusters } from '../../../operations/clusters/reach-clusters.ts';
import { serversOfPlan } from '../../../operations/plan/clusters.ts';
import { readOutput } from '../../../operations/plan/output.ts';
import { cacertsSecret, createdBy } from '../../../operations/record/created.ts';
import type { Run } from '../../../operations/run/run.ts';
import { applyCacerts } from '../../../operations/steps/cacerts-secret.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';
import { dist } from './apply-run.ts';

const output = readOutput(join(dist));

test('the Secret cacerts is made of the files, and no argument has the key', async () => {
  const servers = defaultWorld();
  const reached = await reachClusters(serversOfPlan(output.plan, new Map()), {
    run: servers.run,
    parallel: 1,
    answerSeconds: 30,
  });
  if (reached.kind !== 'all') throw new Error('not reached');
  const host = reached.clusters.get('host');
  if (host === undefined) throw new Error('no host');
  const texts = { 'ca-cert.pem': 'a', 'ca-key.pem': 'the key', 'root-cert.pem': 'c', 'cert-chain.pem': 'd' };
  const settings = { cacerts: new Map([['host', texts]]), forceConflicts: true };
  await applyCacerts({ settings } as unknown as Run, host, () => {});
  const entry = servers.cluster('host').server.entries.find(({ object }) => object.metadata.name === 'cacerts');
  expect(entry?.object.data).toMatchObject({ 'ca-key.pem': Buffer.from('the key').toString('base64') });
  const words = servers.calls.flatMap(({ args }) => args).join('\n');
  expect(words).not.toContain('the key');
  expect(words).not.toContain(Buffer.from('the key').toString('base64'));
});

test('the Secret counts as created only if the run makes it', () => {
  const cluster = { name: 'host', isMember: true };
  expect(createdBy(output, cluster, true)).toContainEqual(cacertsSecret);
  expect(createdBy(output, cluster, false)).not.toContainEqual(cacertsSecret);
});

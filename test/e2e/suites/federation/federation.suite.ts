import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityOf } from '../../ground/documents.ts';
import { clusterNamed, ground } from '../../ground/ground.ts';
import { find, get, kubectl } from '../../ground/kubectl.ts';
import { federationNameOf } from '../../ground/output.ts';
import { synthesizeVariation } from '../../ground/product.ts';
import { asCreated, comparable } from '../../ground/untouched.ts';
import { until } from '../../machine/wait.ts';
import { effectiveOf } from './effective.ts';
import { ensureFederation } from './kubefed.ts';
import { describePlain, removed } from './plain.ts';
import { describeDeletion, describePropagation } from './propagation.ts';

const TUTORIAL = 'examples/tutorial.yaml';
const SHOP = 'examples/shop.yaml';

const tutorial = ground().synthesized.find((one) => one.declaration === TUTORIAL);
if (tutorial === undefined) throw new Error(`there is no ${TUTORIAL}`);
const clusters = [clusterNamed('host'), clusterNamed('member')] as const;
const [host, member] = clusters;
const members = clusters.map((cluster) => ({ name: federationNameOf(tutorial, cluster.name), cluster }));

const root = mkdtempSync(join(tmpdir(), 'mesh-federation-shop-'));
// A cluster joins under one name only, since KubeFed takes each name for a cluster of its own: it is the tutorial's.
const federationClusters = members.map((one) => one.name);
const shop = await synthesizeVariation({ declaration: SHOP, federationClusters }, root);
const plainShop = await synthesizeVariation({ declaration: SHOP, federation: { engine: 'plain' } }, root);

// KubeFed comes up while the API servers alone have work to do.
let joining: Promise<void> | undefined;
beforeAll(() => {
  joining = ensureFederation(host, members);
  joining.catch(() => undefined);
});
afterAll(() => rmSync(root, { recursive: true }));

describe(`${SHOP} with engine plain`, () => describePlain(plainShop, clusters));

test('KubeFed is there, and both clusters have joined', () => joining);

describe(`KubeFed makes of ${TUTORIAL} what its effective/ says`, () => {
  describePropagation(tutorial, clusters, 'start');

  test('what is changed or deleted by hand is put back, overrides and all', async () => {
    const effective = effectiveOf(tutorial, clusters);
    const deploymentIn = (name: string) => {
      const { objects = [] } = effective.find(({ cluster }) => cluster.name === name) ?? {};
      const found = objects.find((one) => one.kind === 'Deployment');
      if (found === undefined) throw new Error(`effective/${name} has no Deployment`);
      return found;
    };
    const words = [`deployment/${deploymentIn('host').metadata.name}`, '--namespace=sample'];
    const before = await get<{ metadata: { uid: string } }>(member, words);
    await kubectl(host, ['scale', ...words, '--replicas=3']);
    await kubectl(member, ['delete', ...words]);
    for (const cluster of clusters) {
      const wanted = await asCreated(cluster, deploymentIn(cluster.name));
      await until(`KubeFed mends ${cluster.name}`, 60, async () => {
        const now = await find<typeof before>(cluster, words);
        expect(now?.metadata.uid).not.toBe(before.metadata.uid);
        expect(comparable({ ...now })).toEqual(wanted);
        return true;
      });
    }
  });
});

describe(`KubeFed makes of ${SHOP} what its effective/ says`, () => {
  beforeAll(() => removed(plainShop));

  describePropagation(shop, clusters, 'stay away');

  test('some of it is placed in one cluster only', () => {
    const [there = [], here = []] = effectiveOf(shop, clusters).map(({ objects }) => objects.map(identityOf));
    const onHost = ['Deployment.apps shop/payment', 'Job.batch shop/catalog-migration-2.11.3'];
    expect(there).toEqual(expect.arrayContaining(onHost));
    for (const one of onHost) expect(here).not.toContain(one);
  });

  describeDeletion(shop, clusters);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waves } from '../../../../constructs/plan/waves.ts';
import { clusterNamed, environment } from '../../environment.ts';
import { identityOf } from '../../kubernetes/documents.ts';
import { apply } from '../../kubernetes/kubectl.ts';
import { copyOf, editSteps } from '../../product/edited-output.ts';
import { tryOperation } from '../../product/operation.ts';
import { federationNameOf } from '../../product/output.ts';
import { synthesize } from '../../product/synthesize.ts';
import { disturb, expectMended } from './drift.ts';
import { effectiveOf } from './effective.ts';
import { describeFights } from './fights.ts';
import { ensureFederation } from './kubefed.ts';
import { describeMistakes, removeMistakes } from './mistakes.ts';
import { describePlain, removed } from './plain.ts';
import { beginDeletion, describePropagation, finishDeletion } from './propagation.ts';

const TUTORIAL = 'examples/tutorial.yaml';
const SHOP = 'examples/shop.yaml';

const tutorial = environment().synthesized.find((one) => one.declaration === TUTORIAL);
if (tutorial === undefined) throw new Error(`there is no ${TUTORIAL}`);
const clusters = [clusterNamed('host'), clusterNamed('member')] as const;
const [host] = clusters;
const members = clusters.map((cluster) => ({ name: federationNameOf(tutorial, cluster.name), cluster }));

const root = mkdtempSync(join(tmpdir(), 'mesh-federation-shop-'));
// A cluster joins under one name only, since KubeFed treats each name as a separate cluster. The name is the
// tutorial's.
const federationClusters = members.map((one) => one.name);
const [shop, plainShop] = await Promise.all([
  synthesize({ declaration: SHOP, federationClusters }, root),
  synthesize({ declaration: SHOP, federation: { engine: 'plain' } }, root),
]);

// A type that is correct except for its name, which must be `pods`.
function typeOfPods(): object {
  const scope = 'Namespaced';
  const federatedType = {
    group: 'types.kubefed.io',
    version: 'v1beta1',
    kind: 'FederatedPod',
    pluralName: 'federatedpods',
    scope,
  };
  return {
    federatedType,
    targetType: { version: 'v1', kind: 'Pod', pluralName: 'pods', scope },
    propagation: 'Enabled',
  };
}

// KubeFed starts while only the API servers have work to do.
let joining: Promise<void> | undefined;
beforeAll(() => {
  joining = ensureFederation(host, members);
  joining.catch(() => undefined);
});
afterAll(() => rmSync(root, { recursive: true }));

describe(`${SHOP} with engine plain`, () => describePlain(plainShop, clusters));

test('KubeFed runs, and both clusters have joined', () => joining);

// API servers without nodes run no pods, and so no webhook.
test.skipIf(environment().form === 'light')('its webhook is active', async () => {
  const metadata = { name: 'misnamed', namespace: 'kube-federation-system' };
  const type = { apiVersion: 'core.kubefed.io/v1beta1', kind: 'FederatedTypeConfig', metadata, spec: typeOfPods() };
  const refusal = 'admission webhook "federatedtypeconfigs.core.kubefed.io" denied the request';
  await expect(apply(host, JSON.stringify(type))).rejects.toThrow(refusal);
});

describe(`KubeFed turns ${TUTORIAL} into its effective/`, () => {
  describePropagation(tutorial, clusters, 'start');

  // KubeFed takes ten seconds to notice, and other tests run meanwhile.
  test('somebody scales its Deployment in one cluster and deletes it in the other', () => disturb(tutorial, clusters));
});

describe(`KubeFed turns ${SHOP} into its effective/`, () => {
  beforeAll(() => removed(plainShop));

  describePropagation(shop, clusters, 'stay away');

  test(`changes to ${TUTORIAL} have been reverted, overrides included`, () => expectMended(tutorial, clusters));

  test('some objects are placed in one cluster only', () => {
    const [there = [], here = []] = effectiveOf(shop, clusters).map(({ objects }) => objects.map(identityOf));
    const onHost = ['Deployment.apps shop/payment', 'Job.batch shop/catalog-migration-2.11.3'];
    expect(there).toEqual(expect.arrayContaining(onHost));
    for (const one of onHost) expect(here).not.toContain(one);
  });

  test('apply finds both clusters Ready in KubeFed, and the API accepts the next steps', async () => {
    // Istio's kinds come in a later wave. They may be missing here, and the preflight would report that.
    const federated = copyOf(shop, 'federated');
    editSteps(federated, (steps) => steps.filter(({ wave }) => waves[wave].directory !== '80-traffic'));
    const { stderr } = await tryOperation(federated, ['--dry-run', '--only', 'host', '--from', '60-federation']);
    // The preflight reports its problems before any step.
    expect(stderr).toMatch(
      /^00-preflight {2}host, member\n(warning: host: its Ready nodes have .*\n)?host: context host, [^\n]*\n( {2}.*\n)*60-federation {2}host {2}apply/,
    );
    expect(stderr).toContain('federatedpromotion.types.kubefed.io/winter serverside-applied (server dry run)');
  });

  // KubeFed takes some time for it, and other tests run meanwhile.
  test('the host accepts its deletion', () => beginDeletion(shop));
});

describe('mistakes that our rules refuse do harm with KubeFed', () => {
  describeMistakes(host, members);
  describeFights(host, members);

  test('everything can be deleted', () => removeMistakes(host, members));
});

test(`${SHOP} is gone from every cluster`, () => finishDeletion(shop, clusters));

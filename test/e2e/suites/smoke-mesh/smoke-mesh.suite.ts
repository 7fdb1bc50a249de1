import { beforeAll, describe, test } from 'vitest';
import { environment } from '../../environment.ts';
import { say } from '../../machine/wait.ts';
import { HOW } from './break.ts';
import {
  CALLS,
  checkGatewayAddress,
  checkNetworkLabel,
  checkRemoteSecret,
  expectEndpoints,
  expectSpread,
} from './checks.ts';
import { deployWorkload, ensureMesh, mesh } from './mesh.ts';

describe('a mesh over two networks, one primary and one remote', () => {
  const both = mesh();
  const { primary, remote } = both;
  const sides = [
    { at: primary, other: remote, version: 'v1' },
    { at: remote, other: primary, version: 'v2' },
  ];

  beforeAll(async () => {
    await ensureMesh(both);
    await Promise.all(sides.map(({ at, version }) => deployWorkload(at, 'smoke', version)));
    const { breaking } = environment();
    if (breaking !== undefined) {
      say(`breaking on purpose: ${breaking}`);
      await HOW[breaking].break(both);
    }
  });

  test.each(sides)("$at.name: the network label is the cluster's network", ({ at }) => checkNetworkLabel(at));

  test.each(sides)('$at.name: the gateway has an address', ({ at }) => checkGatewayAddress(at));

  test('the primary reads the remote through its remote secret', () => checkRemoteSecret(both));

  test.each(sides)(
    `$at.name: ${CALLS} calls are answered here and there as Envoy's weights say`,
    async ({ at, other, version }) => {
      const counts = await expectSpread(at, await expectEndpoints(at, other, 'smoke'), 'smoke', version);
      say(`${at.name}: of ${CALLS} calls ${JSON.stringify(counts)}`);
    },
  );
});

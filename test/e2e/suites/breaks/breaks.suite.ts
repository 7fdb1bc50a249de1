import { beforeAll, describe, expect, test } from 'vitest';
import { BREAKS, type BreakName } from '../../tables/breaks.ts';
import { HOW } from '../smoke-mesh/break.ts';
import { checkMesh } from '../smoke-mesh/checks.ts';
import { ensureMesh, mesh } from '../smoke-mesh/mesh.ts';

/** The expected content of each break's message: the cluster and the broken part. */
const NAMED: Readonly<Record<BreakName, RegExp>> = {
  'wrong-network-label':
    /^member: service\/istio-eastwestgateway has the network label .*=elsewhere, expected network2/,
  'missing-remote-secret': /^host: the remote secret .*istio-remote-secret-member is missing/,
  'gateway-without-address': /^member: the gateway has no address/,
};

describe('a mesh that is broken on purpose', () => {
  const both = mesh();
  const names = Object.keys(BREAKS) as BreakName[];

  beforeAll(() => ensureMesh(both));

  test.each(names)('the checks of the smoke mesh name %s, and pass again after the repair', async (name) => {
    await checkMesh(both);
    await HOW[name].break(both);
    try {
      await expect(checkMesh(both)).rejects.toThrow(NAMED[name]);
    } finally {
      await HOW[name].mend(both);
    }
    await checkMesh(both);
  });
});

import { find, kubectl } from '../../kubernetes/kubectl.ts';
import { until } from '../../machine/wait.ts';
import { findGatewayAddress, GATEWAY, gatewayAddress } from '../../mesh/gateways.ts';
import type { BreakName } from '../../tables/breaks.ts';
import { applyRemoteSecret, type Mesh } from './mesh.ts';

const SERVICE = [`service/${GATEWAY}`, '--namespace=istio-system'];

/** The functions that apply each break to a working mesh, and revert it. */
export const HOW: Readonly<
  Record<BreakName, { readonly break: (mesh: Mesh) => Promise<void>; readonly mend: (mesh: Mesh) => Promise<void> }>
> = {
  'wrong-network-label': {
    break: async ({ remote }) => {
      await kubectl(remote, ['label', '--overwrite', ...SERVICE, 'topology.istio.io/network=elsewhere']);
    },
    mend: async ({ remote }) => {
      await kubectl(remote, ['label', '--overwrite', ...SERVICE, `topology.istio.io/network=${remote.network}`]);
    },
  },
  'missing-remote-secret': {
    break: async ({ primary, remote }) => {
      await kubectl(primary, ['delete', `secret/istio-remote-secret-${remote.name}`, '--namespace=istio-system']);
    },
    mend: async ({ primary, remote }) => {
      await applyRemoteSecret(primary, remote);
    },
  },
  'gateway-without-address': {
    break: async ({ remote }) => {
      await setType(remote, 'ClusterIP');
      await until('the gateway has lost its address', 30, async () =>
        (await findGatewayAddress(remote)) === undefined ? true : undefined,
      );
    },
    mend: async ({ remote }) => {
      await setType(remote, 'LoadBalancer');
      await gatewayAddress(remote);
    },
  },
};

async function setType(cluster: Mesh['remote'], type: string): Promise<void> {
  if ((await find(cluster, SERVICE)) === undefined) throw new Error(`${cluster.name} has no gateway to break`);
  await kubectl(cluster, ['patch', ...SERVICE, '--patch', JSON.stringify({ spec: { type } })]);
}

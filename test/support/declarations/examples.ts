/** Names of the declarations in examples/. */
export const examples = [
  'tutorial',
  'multi-primary',
  'mixed-networks',
  'helm',
  'sail',
  'karmada',
  'shop',
  'gitops-argocd',
  'gitops-flux',
  'gitops-flux-multi-primary',
] as const;

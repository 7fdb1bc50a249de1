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
] as const;

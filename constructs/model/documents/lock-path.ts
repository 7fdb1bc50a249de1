/** The lock beside a declaration: `federation.lock.yaml` for `federation.yaml`. */
export function lockPathOf(declaration: string): string {
  return `${declaration.replace(/\.ya?ml$/, '')}.lock.yaml`;
}

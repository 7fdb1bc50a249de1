const secrets: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'a private key', pattern: /BEGIN[A-Z ]*PRIVATE KEY/ },
  { name: 'a signed token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  { name: 'a kubeconfig credential', pattern: /\bclient-(?:key|certificate)-data\b/ },
];

const base64Run = /[A-Za-z0-9+/]{40,}/g;

function find(text: string): string | null {
  return secrets.find(({ pattern }) => pattern.test(text))?.name ?? null;
}

/**
 * Names the secret that a string contains, in plain text or in base64: a PEM private key, a signed token (JWT), or a
 * kubeconfig's client credential. Null if there is none.
 */
export function findKeyMaterial(text: string): string | null {
  const plain = find(text);
  if (plain !== null) return plain;
  for (const [run] of text.matchAll(base64Run)) {
    const inside = find(Buffer.from(run, 'base64').toString('latin1'));
    if (inside !== null) return inside;
  }
  return null;
}

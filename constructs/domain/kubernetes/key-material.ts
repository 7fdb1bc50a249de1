// Runs are scanned character by character. A pattern that repeats a class puts each character on the stack of the engine,
// which ends the program at some megabytes; and a pattern for a whole header or token would start again at each of its
// first words, and a hostile text has only first words.
const classOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(128);
  for (const character of characters) table[character.charCodeAt(0)] = 1;
  return table;
};

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const alphanumeric = `${upper}${upper.toLowerCase()}0123456789`;
/** The only characters between the words of a PEM header. */
const capitals = classOf(`${upper} `);
const tokenLike = classOf(`${alphanumeric}_.-`);
const base64 = classOf(`${alphanumeric}+/`);

/** The longest stretches of such characters that have a length of at least `shortest`. */
function runsIn(text: string, characters: Uint8Array, shortest: number): readonly string[] {
  const runs: string[] = [];
  let start = 0;
  for (let index = 0; index <= text.length; index += 1) {
    if (index < text.length && characters[text.charCodeAt(index)] === 1) continue;
    if (index - start >= shortest) runs.push(text.slice(start, index));
    start = index + 1;
  }
  return runs;
}

const secrets: readonly { readonly name: string; readonly isIn: (text: string) => boolean }[] = [
  {
    name: 'a private key',
    isIn: (text) => text.includes('PRIVATE KEY') && runsIn(text, capitals, 16).some(isPrivateKeyHeader),
  },
  { name: 'a signed token', isIn: (text) => text.includes('.eyJ') && runsIn(text, tokenLike, 38).some(holdsToken) },
  { name: 'a kubeconfig credential', isIn: (text) => /\bclient-(?:key|certificate)-data\b/.test(text) },
];

// BEGIN, and PRIVATE KEY after it.
function isPrivateKeyHeader(run: string): boolean {
  const begin = run.indexOf('BEGIN');
  return begin !== -1 && run.lastIndexOf('PRIVATE KEY') > begin;
}

// Three segments, joined by dots: two JSON objects in base64url, and the signature.
function holdsToken(run: string): boolean {
  const segments = run.split('.');
  return segments.some((header, index) => {
    const start = header.search(/\beyJ/);
    const [payload = '', signature = ''] = segments.slice(index + 1, index + 3);
    const hasObjects = start !== -1 && header.length - start >= 13 && payload.startsWith('eyJ');
    return hasObjects && payload.length >= 13 && signature.length >= 10;
  });
}

function find(text: string): string | null {
  return secrets.find(({ isIn }) => isIn(text))?.name ?? null;
}

/**
 * Names the secret that a string contains, in plain text or in base64: a PEM private key, a signed token (JWT), or a
 * kubeconfig's client credential. Null if there is none. The time grows in proportion to the text.
 */
export function findKeyMaterial(text: string): string | null {
  const plain = find(text);
  if (plain !== null) return plain;
  for (const run of runsIn(text, base64, 40)) {
    const inside = find(Buffer.from(run, 'base64').toString('latin1'));
    if (inside !== null) return inside;
  }
  return null;
}

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
/** Both alphabets of base64, and what may stand between the lines of a block. */
const base64 = classOf(`${alphanumeric}+/-_ \t\r\n`);

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

// A pattern of bytes in hexadecimal digits, for a text with a byte in each character. A dot is any byte.
const bytes = (pattern: string): RegExp =>
  new RegExp(pattern.replaceAll(' ', '').replaceAll(/[0-9a-f]{2}/g, '\\x$&'), 's');
const any = (count: number): string => '.'.repeat(count);

// The beginning of a private key in DER: PKCS#8 (RSA, EC, and the curves of RFC 8410), PKCS#1, and SEC1.
const privateKeysInDer = [
  bytes('02 01 (?:00|01) 30 . 06 (?:09 2a 86 48 86 f7 0d 01 01 (?:01|0a)|07 2a 86 48 ce 3d 02 01|03 2b 65 [6e-71])'),
  bytes('30 82 .. 02 01 00 02 (?:82 ..|81 .) 00'),
  bytes(`02 01 01 04 (?:1c ${any(28)}|20 ${any(32)}|30 ${any(48)}|42 ${any(66)}) a0 . 06`),
];

// The private part of a JSON Web Key, and the credentials of a user of a kubeconfig; quotes may be escaped.
const jsonWebKey = /\b[dk]["'\\]{0,2}: ?["'\\]{0,2}[\w-]{32}/;
const userCredential =
  /\buser["'\\]{0,2}:[\s{]{0,99}["'\\]{0,2}(?:username["'\\]{0,2}:[^\n,]{0,99}[\s,]{1,99}["'\\]{0,2})?(?:token|password)["'\\]{0,2}: ?["'\\]{0,2}\w/;

const secrets: readonly { readonly name: string; readonly isIn: (text: string) => boolean }[] = [
  {
    name: 'a private key',
    isIn: (text) =>
      (text.includes('PRIVATE KEY') && runsIn(text, capitals, 16).some(isPrivateKeyHeader)) ||
      text.includes('AGE-SECRET-KEY-1') ||
      text.includes('openssh-key-v1\0') ||
      (text.includes('PuTTY-User-Key-File-') && text.includes('Private-Lines:')) ||
      (/\bkty["'\\]{0,2}:/.test(text) && jsonWebKey.test(text)) ||
      privateKeysInDer.some((pattern) => pattern.test(text)),
  },
  { name: 'a signed token', isIn: (text) => text.includes('.eyJ') && runsIn(text, tokenLike, 38).some(holdsToken) },
  {
    name: 'a kubeconfig credential',
    isIn: (text) =>
      /\bclient-(?:key|certificate)-data\b/.test(text) || (text.includes('users') && userCredential.test(text)),
  },
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

// The spaces and line breaks of URLs and of JSON, and the characters of UTF-16 and of web pages.
function plainOf(text: string): string {
  return text.replaceAll('%20', ' ').replaceAll('\\n', '\n').replaceAll('\u00a0', ' ').replaceAll('\0', '');
}

/** The texts in the base64 of a text. A block may begin at any of its characters, after others of the alphabet. */
function* decodedIn(text: string): Iterable<string> {
  for (const run of runsIn(text, base64, 40)) {
    const block = run.split(/\s/).join('');
    if (block.length < 40) continue;
    for (const start of [0, 1, 2, 3]) yield Buffer.from(block.slice(start), 'base64').toString('latin1');
  }
}

/**
 * Names the secret that a string contains, in plain text, in base64, or in base64 of base64: a private key (PEM, DER,
 * OpenSSH, age, PuTTY or a JSON Web Key), a signed token (JWT), or a kubeconfig's credential. Null if there is none.
 * The time grows in proportion to the text.
 */
export function findKeyMaterial(text: string): string | null {
  return findWithin(text, 2);
}

function findWithin(text: string, decodings: number): string | null {
  const plain = plainOf(text);
  const found = find(text) ?? (plain === text ? null : find(plain));
  if (found !== null || decodings === 0) return found;
  for (const inner of decodedIn(plain)) {
    const inside = findWithin(inner, decodings - 1);
    if (inside !== null) return inside;
  }
  return null;
}

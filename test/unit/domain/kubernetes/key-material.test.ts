import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findKeyMaterial } from '../../../../constructs/domain/kubernetes/key-material.ts';

describe('key material', () => {
  // Assembled here, so that no scanner reports this file as a secret.
  const pem = ['-----BEGIN', 'RSA PRIVATE', 'KEY-----\nMIIB'].join(' ');
  const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJhZG1pbiJ9', 'c2lnbmF0dXJl'].join('.');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  test.each([
    ['a private key', pem],
    ['a private key', `ca-key.pem: ${base64(`${pem}${'A'.repeat(40)}`)}`],
    ['a private key', base64(`x${pem}${'A'.repeat(40)}`)],
    ['a signed token', `token: ${token}`],
    ['a kubeconfig credential', 'client-key-data: abc'],
  ])('finds %s', (name, text) => {
    expect(findKeyMaterial(text)).toBe(name);
  });

  test.each(['-----BEGIN CERTIFICATE-----', 'PRIVATE KEY', 'secretName: cacerts', 'a'.repeat(100)])(
    'lets %s pass',
    (text) => {
      expect(findKeyMaterial(text)).toBeNull();
    },
  );

  test.each([
    'BEGIN ',
    'BEGIN',
    'PRIVATE KEY',
    'PRIVATE KEY BEGI ',
    '-eyJ',
    `eyJ${'a'.repeat(10)}.x.`,
    'eyJ.',
    '.eyJaaaaaaaaaa.',
    'client-',
    'QkVHSU4g',
    'LWV5Si1leUot',
    'a.',
  ])('searches a long text of %j in one pass', (piece) => {
    // A search that starts again at each piece takes hours for this text, and the test does not end in its time.
    const text = piece.repeat(Math.ceil(8_000_000 / piece.length));
    expect(findKeyMaterial(text)).toBeNull();
  });

  // The patterns as one would write them for short texts.
  const patterns = [
    { name: 'a private key', pattern: /BEGIN[A-Z ]*PRIVATE KEY/ },
    { name: 'a signed token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
    { name: 'a kubeconfig credential', pattern: /\bclient-(?:key|certificate)-data\b/ },
  ];
  const pieces = ['BEGIN', ' ', 'RSA', 'PRIVATE KEY', '-', '_', '.', 'eyJ', 'abcdefghij', 'client-key-data', 'x', '\n'];

  test('finds in any short text what plain patterns find', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const text = parts.join('');
        const expected = patterns.find(({ pattern }) => pattern.test(text))?.name ?? null;
        expect(findKeyMaterial(text)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

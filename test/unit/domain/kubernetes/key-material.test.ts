import { generateKeyPairSync, type KeyObject } from 'node:crypto';
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

  const der = (type: 'pkcs1' | 'pkcs8' | 'sec1', key: KeyObject) => key.export({ type, format: 'der' }) as Buffer;
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const curves = ['prime256v1', 'secp384r1', 'secp521r1'].map((namedCurve) =>
    generateKeyPairSync('ec', { namedCurve }),
  );
  const edwards = generateKeyPairSync('ed25519');
  const keys: readonly (readonly [string, Buffer])[] = [
    ['PKCS#1', der('pkcs1', rsa.privateKey)],
    ['PKCS#8 of RSA', der('pkcs8', rsa.privateKey)],
    ['PKCS#8 of Ed25519', der('pkcs8', edwards.privateKey)],
    ...curves.flatMap(({ privateKey }): [string, Buffer][] => [
      ['PKCS#8 of a curve', der('pkcs8', privateKey)],
      ['SEC1', der('sec1', privateKey)],
    ]),
  ];
  const wrap = (text: string, width: number): string => text.replaceAll(new RegExp(`(.{${width}})`, 'g'), '$1\n');

  test.each(keys)('finds a private key in DER: %s', (_, key) => {
    const text = key.toString('base64');
    for (const one of [
      text,
      wrap(text, 64),
      wrap(text, 38),
      JSON.stringify(wrap(text, 76)),
      `key ${text}`,
      base64(text),
    ])
      expect(findKeyMaterial(one)).toBe('a private key');
    expect(findKeyMaterial(key.toString('base64url'))).toBe('a private key');
  });

  test.each([
    ['wrapped', wrap(base64(`${pem}${'A'.repeat(90)}`), 38)],
    ['twice', base64(base64(`${pem}${'A'.repeat(40)}`))],
    [
      'after other characters',
      ['s', 'se', 'sec', 'secr'].map((word) => `${word}/${base64(`${pem}${'A'.repeat(40)}`)}`),
    ],
    ['of UTF-16', Buffer.from(pem, 'utf16le').toString('base64')],
    ['in a URL', pem.replaceAll(' ', '%20')],
    ['with another space', pem.replaceAll(' ', '\u00a0')],
    ['of age', ['AGE-SECRET', 'KEY-1QQPZ8Q5Z7'].join('-')],
    ['of PuTTY', ['PuTTY-User-Key', 'File-2: ssh-rsa\nPrivate-Lines: 1'].join('-')],
    ['as a JSON Web Key', JSON.stringify(edwards.privateKey.export({ format: 'jwk' }))],
    ['as a JSON Web Key in JSON', JSON.stringify(JSON.stringify(rsa.privateKey.export({ format: 'jwk' })))],
  ])('finds a private key %s', (_, texts) => {
    for (const text of [texts].flat()) expect(findKeyMaterial(text)).toBe('a private key');
  });

  test.each([
    'users: [{name: a, user: {token: abcdef}}]',
    'users:\n- name: a\n  user:\n    username: admin\n    password: hunter2\n',
    'users:\n- name: a\n  user:\n    token: "abc"\n',
    JSON.stringify({ users: [{ user: { username: 'a', password: 'b' } }] }),
    JSON.stringify(JSON.stringify({ users: [{ user: { token: 'b' } }] })),
  ])('finds the credential of a kubeconfig in %j', (text) => {
    expect(findKeyMaterial(text)).toBe('a kubeconfig credential');
  });

  const certificate = rsa.publicKey.export({ type: 'spki', format: 'pem' });
  test.each([
    String(certificate),
    base64(String(certificate)),
    JSON.stringify(rsa.publicKey.export({ format: 'jwk' })),
    JSON.stringify(edwards.publicKey.export({ format: 'jwk' })),
    'users: [{name: a, user: {exec: {command: aws}}}]',
    'users:\n- user:\n    token:\n    tokenFile: /var/run/token\n',
    'a list of users, and a field password: in prose',
  ])('lets %j pass', (text) => {
    expect(findKeyMaterial(text)).toBeNull();
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
    'users: user: username: ',
    'user: {',
    'users user: username:a,',
    '"kty": "d": ',
    'MIIEMIIE',
    'a \n',
    '\u0002\u0001\u0001\u0004 ',
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

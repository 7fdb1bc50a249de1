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
});

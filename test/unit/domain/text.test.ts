import { describe, expect, test } from 'vitest';
import { dnsLabelPattern, dnsSubdomainPattern } from '../../../constructs/domain/kubernetes/dns-names.ts';
import { findKeyMaterial } from '../../../constructs/domain/kubernetes/key-material.ts';
import { Described, printable } from '../../../constructs/model/problems/printable.ts';
import { didYouMean, nearest } from '../../../constructs/model/problems/suggestion.ts';

describe('names', () => {
  test.each(['a', 'a-b', '0', 'a'.repeat(63)])('%s is a label', (name) => {
    expect(dnsLabelPattern.test(name)).toBe(true);
  });

  test.each(['', '-a', 'a-', 'A', 'a.b', 'a_b', '../x', 'a\n', 'a\nb', 'a b', 'ä', 'constructor', 'a'.repeat(64)])(
    '%j is no label',
    (name) => {
      expect(dnsLabelPattern.test(name)).toBe(false);
    },
  );

  test('a subdomain has dots between labels and at most 253 characters', () => {
    expect(dnsSubdomainPattern.test('a.b-c.d')).toBe(true);
    expect(dnsSubdomainPattern.test('a..b')).toBe(false);
    expect(dnsSubdomainPattern.test('a\n')).toBe(false);
    expect(dnsSubdomainPattern.test(`${'a'.repeat(251)}.b`)).toBe(true);
    expect(dnsSubdomainPattern.test(`${'a'.repeat(252)}.b`)).toBe(false);
  });
});

describe('printable', () => {
  test.each<[unknown, string]>([
    ['a\nb', '"a\\nb"'],
    ['\u001b[31m', '"\\u001b[31m"'],
    ['\u202eevil', '"\\u{202e}evil"'],
    ['\u007f\u0085\u2028', '"\\u{7f}\\u{85}\\u{2028}"'],
    [undefined, 'nothing'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    [new Described('no host'), 'no host'],
    ['x'.repeat(200), `"${'x'.repeat(119)}...`],
  ])('shows %j as %s', (value, shown) => {
    expect(printable(value)).toBe(shown);
  });
});

describe('suggestions', () => {
  test('name the nearest candidate, if it is near', () => {
    expect(nearest('netwrok', ['name', 'network'])).toBe('network');
    expect(nearest('Member', ['host', 'member'])).toBe('member');
    expect(nearest('colour', ['name', 'network'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
  });

  test('fall back to the advice', () => {
    expect(didYouMean('membre', ['member'], 'no')).toBe('did you mean "member"?');
    expect(didYouMean(7, ['member'], 'no')).toBe('no');
  });
});

describe('key material', () => {
  // Put together here, so that no scanner takes this file for a secret.
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

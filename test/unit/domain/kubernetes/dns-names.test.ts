import { describe, expect, test } from 'vitest';
import { dnsLabelPattern, dnsSubdomainPattern } from '../../../../constructs/domain/kubernetes/dns-names.ts';

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

import { isIP, isIPv4 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressPattern, rangePattern, serverPattern } from '../../../../constructs/domain/addresses/patterns.ts';

test('every IP address is an address, a range and a part of a URL', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
      expect(address).toMatch(addressPattern);
      expect(`${address}/32`).toMatch(rangePattern);
      expect(isIPv4(address) ? `https://${address}:1` : `https://[${address}]`).toMatch(serverPattern);
    }),
  );
});

const pieces = fc.array(fc.constantFrom('::', ':', '1', 'ff', '203.0.113.10', '.'), { maxLength: 16 });

test('a text with a colon is an address if Node says so', () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = `${parts.join('')}:`;
      for (const one of [text, text.slice(0, -1)].filter((candidate) => candidate.includes(':')))
        expect([one, addressPattern.test(one)]).toEqual([one, isIP(one) === 6]);
    }),
    { numRuns: 1000 },
  );
});

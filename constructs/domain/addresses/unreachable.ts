import { BlockList, isIP } from 'node:net';

// IANA's registries of special-purpose addresses. Private ranges (RFC 1918, RFC 4193, RFC 6598) are not among these:
// networks may be connected.
const ranges: readonly (readonly [range: string, bits: number, kind: string])[] = [
  ['0.0.0.0', 8, 'no host'],
  ['127.0.0.0', 8, 'the caller itself'],
  ['169.254.0.0', 16, 'hosts of one link only'],
  ['224.0.0.0', 4, 'a group of hosts'],
  ['240.0.0.0', 4, 'no host'],
  ['::', 128, 'no host'],
  ['::1', 128, 'the caller itself'],
  ['fe80::', 10, 'hosts of one link only'],
  ['ff00::', 8, 'a group of hosts'],
];

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

const lists = ranges.map(([range, bits, kind]) => {
  const list = new BlockList();
  list.addSubnet(range, bits, familyOf(range));
  return { list, kind };
});

const names: readonly (readonly [pattern: RegExp, kind: string])[] = [
  [/^(.*\.)?localhost$/, 'the caller itself'],
  [/\.svc(\.cluster\.local)?$/, 'a Service of the cluster that asks'],
];

/** Where an IP address or a hostname leads if no other network can reach a gateway by it, in words. Null if one can. */
export function leadsNowhere(address: string): string | null {
  if (isIP(address) !== 0) return lists.find(({ list }) => list.check(address, familyOf(address)))?.kind ?? null;
  return names.find(([pattern]) => pattern.test(address))?.[1] ?? null;
}

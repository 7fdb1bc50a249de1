const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = `(?:${octet}\\.){3}${octet}`;
const group = '[0-9A-Fa-f]{1,4}';
// Up to `most` groups. The last two may be written as an IPv4 address.
const groups = (most: number): string =>
  [
    ...(most < 1 ? [] : [`(?:${group}:){0,${most - 1}}${group}`]),
    ...(most < 2 ? [] : [`(?:${group}:){0,${most - 2}}${ipv4}`]),
  ].join('|');
// Eight groups, or fewer of them with one `::`.
const ipv6 = [
  `(?:${group}:){7}${group}`,
  `(?:${group}:){6}${ipv4}`,
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((before) => {
    const head = before === 0 ? '' : `${group}(?::${group}){${before - 1}}`;
    return before === 7 ? `${head}::` : `${head}::(?:${groups(7 - before)})?`;
  }),
].join('|');
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
// An API server refuses capitals. A name that ends in a number would be a misspelt IPv4 address.
const hostname = `(?=.{1,253}$)(?!(?:.*\\.)?\\d+$)${label}(?:\\.${label})*`;
const hostInUrl = `(?=[^:]{1,253}(?::|$))(?!(?:[^:]*\\.)?\\d+(?::|$))${label}(?:\\.${label})*`;
const port = '(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])';

// Editors use these patterns, too.

/** An IP address or a hostname, as the status of a Service may name it. */
export const addressPattern = new RegExp(`^(?:${ipv4}|${ipv6}|${hostname})$`);

/** A range of addresses: ADDRESS/BITS. */
export const rangePattern = new RegExp(
  `^(?:${ipv4}\\/(?:3[0-2]|[12]?\\d)|(?:${ipv6})\\/(?:12[0-8]|1[01]\\d|[1-9]?\\d))$`,
);

/** The URL of an API server: `https://HOST` or `https://HOST:PORT`. */
export const serverPattern = new RegExp(`^https:\\/\\/(?:${ipv4}|\\[(?:${ipv6})\\]|${hostInUrl})(?::${port})?$`);

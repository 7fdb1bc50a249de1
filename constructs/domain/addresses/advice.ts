import * as cuts from './cuts.ts';
import { addressPattern, rangePattern, serverPattern } from './patterns.ts';

/** How to write a text that does not fit `addressPattern`. Null if nothing is close. */
export function adviseOnAddress(text: string): string | null {
  const list = text.trim().split(/[\s,;]+/);
  if (list.length > 1 && list.every((one) => one.includes('.') && addressPattern.test(one)))
    return `write a list: [${list.join(', ')}]`;
  const { blanks, scheme, user, path, port, brackets, zone, finalDot, zeros, capitals } = cuts;
  const all = [blanks, scheme, user, path, port, brackets, zone, finalDot, zeros, capitals];
  const { rest, parts } = cuts.cutAll(text, all);
  return parts.length > 0 && addressPattern.test(rest) ? cuts.without(parts, rest) : explain(rest);
}

function explain(text: string): string | null {
  if (/^\d[\d.]*$/.test(text)) return explainNumbers(text.split('.'));
  if (text.includes('*')) return 'name one host: a wildcard is no address';
  if (text.includes('_')) return 'copy the name as DNS has it: a hostname has no "_"';
  if (/^[0-9a-f.]*:[0-9a-f:.]*$/i.test(text))
    return 'write an IPv6 address as up to eight groups of four hexadecimal digits, with "::" at most once';
  return null;
}

function explainNumbers(numbers: readonly string[]): string {
  const large = numbers.find((number) => Number(number) > 255);
  if (numbers.length !== 4 || numbers.includes(''))
    return 'write four numbers with a dot between them, such as 203.0.113.10';
  return `correct ${large}: no number of an IPv4 address is more than 255`;
}

/** How to write a text that does not fit `rangePattern`. Null if nothing is close. */
export function adviseOnRange(text: string): string | null {
  if (/^(all|any|every(one|where)?|\*|none)$/i.test(text.trim()))
    return 'leave sourceRanges out: then everyone is allowed';
  const outer = cuts.cutAll(text, [cuts.blanks, cuts.scheme, cuts.user]);
  const [address = '', bits] = outer.rest.split('/');
  const { rest, parts } = cuts.cutAll(address, [cuts.brackets, cuts.zeros]);
  const right = `${rest}/${bitsOf(bits, rest)}`;
  const all = [...outer.parts, ...parts];
  if (rangePattern.test(right)) return all.length > 0 ? cuts.without(all, right) : `write ${right}`;
  if (rangePattern.test(`${rest}/0`)) return `write ${rest}/BITS, with 0 to ${rest.includes(':') ? 128 : 32} bits`;
  if (/^\d[\d.]*$/.test(rest)) return explainNumbers(rest.split('.'));
  if (/^[\d.]*[-*][\d.*-]*$/.test(text)) return 'write each range as ADDRESS/BITS, such as 198.51.100.0/24';
  return /^[a-z][\w.-]*$/i.test(rest)
    ? 'write the IP addresses of the host: a load balancer compares only these'
    : null;
}

// Without bits, the range is the one address. A netmask counts its bits.
function bitsOf(bits: string | undefined, address: string): number | null {
  if (bits === undefined || bits === '') return address.includes(':') ? 128 : 32;
  if (/^\d+$/.test(bits)) return Number(bits);
  const binary = bits
    .split('.')
    .map((number) => Number(number).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(binary) && binary.length === 32 ? binary.replaceAll('0', '').length : null;
}

/** How to write a text that does not fit `serverPattern`. Null if nothing is close. */
export function adviseOnServer(text: string): string | null {
  const outer = cuts.cutAll(text, [cuts.blanks]);
  const named = cuts.cutAll(outer.rest, [cuts.scheme]);
  const inner = cuts.cutAll(named.rest, [cuts.user, cuts.path]);
  const [, host = inner.rest, port = ''] = inner.rest.match(/^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/) ?? [];
  const clean = cuts.cutAll(host, [cuts.brackets, cuts.zone, cuts.finalDot, cuts.zeros, cuts.capitals]);
  const authority = clean.rest.includes(':') ? `[${clean.rest}]` : clean.rest;
  const right = `https://${authority}${port === '' ? '' : `:${port}`}`;
  if (!serverPattern.test(right)) return Number(port) > 65535 ? 'write a port from 1 to 65535' : explain(clean.rest);
  if (named.parts.length > 0 && !/^https:/i.test(outer.rest))
    return `write ${right}: an API server is reached by https`;
  const parts = [...outer.parts, ...inner.parts, ...clean.parts.filter((part) => part !== 'the brackets')];
  return parts.length > 0 ? cuts.without(parts, right) : `write ${right}`;
}

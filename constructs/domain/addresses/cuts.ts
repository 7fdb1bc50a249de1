/** A text without one of its parts, and the part in words. Null if the text does not have the part. */
export type Cut = (text: string) => { readonly rest: string; readonly part: string } | null;

/** A part that a pattern finds. The groups `rest` are what stays, the group `part` is quoted if `words` is null. */
function cut(pattern: RegExp, words: string | null): Cut {
  return (text) => {
    const match = text.match(pattern);
    if (match === null) return null;
    const { rest = '', part = '' } = match.groups ?? {};
    return { rest, part: words ?? `"${part}"` };
  };
}

/** Blanks around the text. */
export const blanks: Cut = (text) => (text.trim() === text ? null : { rest: text.trim(), part: 'the blanks' });

/** `https://` */
export const scheme = cut(/^(?<part>[a-z][a-z0-9+.-]*:\/\/|\/\/)(?<rest>.*)$/is, null);

/** `user:password@`. It is not quoted, since it may hold a password. */
export const user = cut(/^[^/@]*@(?<rest>.*)$/s, 'the user');

/** `/path`, or the bits of a range. */
export const path = cut(/^(?<rest>[^/?#]*)(?<part>[/?#].*)$/s, null);

/** `:443` behind anything that is not a bare IPv6 address. */
export const port = cut(/^(?<rest>\[[^\]]*\]|[^:]*)(?<part>:\d*)$/s, null);

/** The brackets of an IPv6 address in a URL. */
export const brackets = cut(/^\[(?<rest>.*)\]$/s, 'the brackets');

/** `%eth0` */
export const zone = cut(/^(?<rest>[0-9a-f:.]+)(?<part>%.*)$/is, null);

/** The root of DNS. */
export const finalDot = cut(/^(?<rest>.*?)\.+$/s, 'the dot at the end');

/** Capital letters of a hostname. */
export const capitals: Cut = (text) =>
  /[A-Z]/.test(text) && !text.includes(':') ? { rest: text.toLowerCase(), part: 'the capitals' } : null;

/** Leading zeros of an IPv4 address: some programs read them as octal numbers. */
export const zeros: Cut = (text) => {
  const rest = text.replace(/(^|\.)0+(?=\d)/g, '$1');
  return /^[\d.]+$/.test(text) && rest !== text ? { rest, part: 'the leading zeros' } : null;
};

/** Cuts one part after the other. */
export function cutAll(
  text: string,
  cuts: readonly Cut[],
): { readonly rest: string; readonly parts: readonly string[] } {
  const parts: string[] = [];
  let rest = text;
  for (const one of cuts) {
    const found = one(rest);
    if (found === null) continue;
    rest = found.rest;
    parts.push(found.part);
  }
  return { rest, parts };
}

/** `leave out "https://" and ":443": write lb.example.com` */
export function without(parts: readonly string[], right: string): string {
  const words = [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((part) => part !== '').join(' and ');
  return `leave out ${words}: write ${right}`;
}

/** A DNS-1123 label, as a pattern that editors can use too: lower-case letters, digits and `-`, at most 63. */
export const dnsLabelPattern = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** A DNS-1123 subdomain: labels joined by dots, at most 253 characters. */
export const dnsSubdomainPattern = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Tells whether a text may be used as a file name, a label value and a line of a table without escaping. */
export function isDnsLabel(text: unknown): text is string {
  return typeof text === 'string' && dnsLabelPattern.test(text);
}

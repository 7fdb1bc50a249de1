/**
 * A DNS-1123 label, as a pattern that editors can also use: lower-case letters, digits and `-`, at most 63 characters.
 * `constructor` is excluded: names become keys of objects, and cdk8s does not treat an object with this key as plain
 * data.
 */
export const dnsLabelPattern = /^(?!constructor$)(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** A DNS-1123 subdomain: labels joined by dots, at most 253 characters. */
export const dnsSubdomainPattern = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

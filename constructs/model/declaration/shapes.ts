import { z } from 'zod';
import { dnsLabelPattern, dnsSubdomainPattern } from '../../domain/kubernetes/dns-names.ts';
import type { ShapeRule } from './shape-rules.ts';

// The message of every check is the id of a shape rule; `shape-rules.ts` holds the texts for users.

/** A string of a certain form. */
export const text = (rule: ShapeRule, pattern: RegExp) => z.string(rule).regex(pattern, rule);

/** One of a few words. */
export const one = <const T extends string>(rule: ShapeRule, ...words: readonly [T, ...T[]]) => z.enum(words, rule);

/** One of the words of a table that can grow. */
export const oneOf = (rule: ShapeRule, words: readonly string[]) => z.enum(words as [string, ...string[]], rule);

/** A DNS-1123 label. The examples are for editors and for advice. */
export const dnsLabel = (description: string, ...examples: readonly string[]) =>
  text('name-is-a-dns-label', dnsLabelPattern).meta({ description, examples });

/** The shapes of values that name a cluster of the declaration. */
export const clusterReferences = z.registry<{ readonly to: 'clusters' }>();

/** The name of a cluster of the declaration. */
export const clusterName = (description: string) =>
  dnsLabel(description, 'member').register(clusterReferences, { to: 'clusters' });

/** A DNS-1123 subdomain. */
export const dnsSubdomain = (description: string, ...examples: readonly string[]) =>
  text('name-is-a-dns-subdomain', dnsSubdomainPattern).meta({ description, examples });

/** MAJOR.MINOR.PATCH. */
export const exactVersionPattern = /^(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}$/;

/** An exact version. The first example is the one to recommend. */
export const exactVersion = (description: string, ...examples: readonly string[]) =>
  text('version-is-exact', exactVersionPattern).meta({ description, examples });

/** A mapping with these keys and no others. */
export const mapping = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape, 'value-is-a-mapping');

/** A list of such values. */
export const list = <T extends z.ZodType>(element: T) => z.array(element, 'value-is-a-list');

/** A mapping of names to such values. */
export const record = <K extends z.core.$ZodRecordKey, T extends z.ZodType>(key: K, value: T) =>
  z.record(key, value, 'value-is-a-mapping');

/** `all`, or names of clusters. */
export const clusterNames = (description: string) =>
  z
    .union(
      [z.literal('all'), z.array(clusterName('A cluster of this declaration')).min(1, 'placement-is-all-or-names')],
      { error: 'placement-is-all-or-names' },
    )
    .meta({ description, examples: ['all', ['host', 'member']] });

/** The host of a URL, and its port if it has one, as a part of a pattern. */
export const urlHost = String.raw`([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(:\d{1,5})?`;

/** The URL of a Helm chart repository, or of a registry. No user: the output contains no password. */
export const chartRepositoryPattern = new RegExp(
  String.raw`^(?=.{1,512}$)(https?|oci):\/\/${urlHost}(\/[A-Za-z0-9._~%-]+)*$`,
);

/** A Helm chart repository. */
export const chartRepository = (description: string, example: string) =>
  text('chart-repository-is-a-url', chartRepositoryPattern)
    .meta({ description, examples: [example, 'oci://registry.example/charts'] })
    .optional();

/** Printable Unicode without invisible characters: context names do contain ARNs, `@`, `:`, blanks and quotes. */
export const kubeContext = text('kube-context-is-printable', /^(?!-)[^\p{C}\p{Zl}\p{Zp}]{1,253}$/u);

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dnsSubdomainPattern } from '../../../../constructs/domain/kubernetes/dns-names.ts';
import type { LoadBalancerPreset } from '../../../../constructs/domain/kubernetes/load-balancers/preset.ts';
import { loadBalancerPresets, presetNames } from '../../../../constructs/domain/kubernetes/load-balancers/presets.ts';

const annotationsOf = ({ annotations, internal, reservedAddress }: LoadBalancerPreset) => ({
  ...annotations,
  ...(internal.kind === 'annotations' ? internal.annotations : {}),
  ...(reservedAddress.kind === 'annotations'
    ? { [reservedAddress.IPv4]: '203.0.113.10', [reservedAddress.IPv6]: '2001:db8::10' }
    : {}),
});

test('every name has a preset, and no preset lacks a name', () => {
  expect(Object.keys(loadBalancerPresets)).toEqual([...presetNames]);
});

describe.each(presetNames)('%s', (name) => {
  const preset = loadBalancerPresets[name];

  // A qualified name: a DNS subdomain and a name of at most 63 characters (Kubernetes, "Annotations").
  test('has keys that Kubernetes accepts', () => {
    for (const key of Object.keys(annotationsOf(preset))) {
      const [prefix, name, ...rest] = key.split('/');
      expect(prefix).toMatch(dnsSubdomainPattern);
      expect(name).toMatch(/^(?=.{1,63}$)[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/);
      expect(rest).toEqual([]);
    }
  });

  test('has values that are text', () => {
    for (const value of Object.values(annotationsOf(preset))) expect(value).toEqual(expect.stringMatching(/^\S+$/));
  });

  test('names the document that it was compared with, and when', () => {
    expect(preset.documents.length).toBeGreaterThan(0);
    for (const { link, dated, read } of preset.documents) {
      expect(new URL(link).protocol).toBe('https:');
      expect(read).toMatch(/^20\d\d-\d\d-\d\d$/);
      if (dated !== null) expect(dated <= read).toBe(true);
    }
  });
});

test('has at most one place for a reserved address', () => {
  expect(presetNames.map((name) => [name, loadBalancerPresets[name].reservedAddress.kind])).toEqual([
    ['ksc', 'none'],
    ['alibaba', 'none'],
    ['tencent', 'none'],
    ['aws', 'none'],
    ['gcp', 'field'],
    ['azure', 'annotations'],
  ]);
});

test('the preset for an NLB sets every annotation: the defaults would be a Classic ELB, or an internal one', () => {
  expect(loadBalancerPresets.aws).toMatchObject({
    annotations: {
      'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
    },
    answersWith: 'hostname',
  });
});

const answerWords = { ip: 'an IP address', hostname: 'a hostname', either: 'either, by the age of the account' };

const code = (text: string) => `\`${text}\``;
const listed = (annotations: Readonly<Record<string, string>>) =>
  Object.entries(annotations)
    .map(([key, value]) => code(`${key}: ${value}`))
    .join(', ');

const addressWords = ({ reservedAddress: asked }: LoadBalancerPreset) => {
  if (asked.kind === 'field') return code('spec.loadBalancerIP');
  return asked.kind === 'none' ? `not by an IP address: ${asked.why}` : `${code(asked.IPv4)}, ${code(asked.IPv6)}`;
};

function rowOf([name, preset]: readonly [string, LoadBalancerPreset]): string {
  const { cloud, annotations, internal, answersWith, documents } = preset;
  const cells = [
    `${cloud}: ${code(name)}`,
    listed(annotations) || 'nothing',
    internal.kind === 'annotations' ? listed(internal.annotations) : `refused: ${internal.why}`,
    addressWords(preset),
    answerWords[answersWith],
    documents
      .map(({ link, dated, read }) => `<${link}> (${dated === null ? 'undated' : `of ${dated}`}, read ${read})`)
      .join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

test('the documentation has the same table', () => {
  const table = [
    '| cloud: preset | a public load balancer | an internal one | how it requests `address` | what it answers with | compared with |',
    '|---|---|---|---|---|---|',
    ...Object.entries(loadBalancerPresets).map(rowOf),
  ].join('\n');
  process.stdout.write(`${table}\n`);
  expect(readFileSync('docs/declaration.md', 'utf8')).toContain(`\n${table}\n`);
});

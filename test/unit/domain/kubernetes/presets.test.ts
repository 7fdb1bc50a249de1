import { describe, expect, test } from 'vitest';
import { dnsSubdomainPattern } from '../../../../constructs/domain/kubernetes/dns-names.ts';
import { loadBalancerPresets, presetNames } from '../../../../constructs/domain/kubernetes/load-balancer-presets.ts';

test('every name has a preset, and no preset lacks a name', () => {
  expect(Object.keys(loadBalancerPresets)).toEqual([...presetNames]);
});

describe.each(presetNames)('%s', (name) => {
  const { annotations, reservedAddress } = loadBalancerPresets[name];
  const keys = [...Object.keys(annotations), ...(reservedAddress.kind === 'annotation' ? [reservedAddress.key] : [])];

  // A qualified name: a DNS subdomain and a name of at most 63 characters (Kubernetes, "Annotations").
  test('has keys that Kubernetes accepts', () => {
    for (const key of keys) {
      const [prefix, name, ...rest] = key.split('/');
      expect(prefix).toMatch(dnsSubdomainPattern);
      expect(name).toMatch(/^(?=.{1,63}$)[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/);
      expect(rest).toEqual([]);
    }
  });

  test('has values that are text', () => {
    for (const value of Object.values(annotations)) expect(value).toEqual(expect.stringMatching(/^\S+$/));
  });
});

test('has at most one place for a reserved address', () => {
  expect(presetNames.map((name) => [name, loadBalancerPresets[name].reservedAddress.kind])).toEqual([
    ['ksc', 'none'],
    ['alibaba', 'none'],
    ['tencent', 'none'],
    ['aws', 'none'],
    ['gcp', 'field'],
    ['azure', 'annotation'],
  ]);
});

test('the preset for an NLB sets every annotation: the defaults would be a Classic ELB, or an internal one', () => {
  expect(loadBalancerPresets.aws).toMatchObject({
    annotations: {
      'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
      'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'instance',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
    },
    addressIsHostname: true,
  });
});

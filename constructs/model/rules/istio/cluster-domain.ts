import { clusterDomainPath } from '../../../domain/istio/cluster-domain.ts';
import { hasAt, valueAt } from '../../../domain/json/path.ts';
import { dnsSubdomainPattern } from '../../../domain/kubernetes/dns-names.ts';
import type { Finding } from '../../problems/finding.ts';
import type { Evidence } from '../evidence.ts';
import { currentValues } from './values-of.ts';

// Gateways and routes are written for names with this domain.
function clusterDomainIsADnsName(evidence: Evidence): readonly Finding[] {
  return currentValues(evidence).flatMap(({ at, values }) => {
    const domain = valueAt(values, clusterDomainPath);
    // The schema of the values objects to anything but text.
    if (typeof domain !== 'string' || (dnsSubdomainPattern.test(domain) && domain.length <= 180)) return [];
    return [
      {
        path: at(clusterDomainPath),
        got: domain,
        expected: 'the domain of the cluster as its DNS server knows it: lower case, without a dot at either end',
        fix: 'write it like cluster.local, or remove the key',
      },
    ];
  });
}

// A call carries the name of the Service as its caller knows it. A gateway with another domain has no such name.
function clusterDomainIsTheSameEverywhere(evidence: Evidence): readonly Finding[] {
  return currentValues(evidence)
    .filter(({ cluster, values }) => cluster !== null && hasAt(values, clusterDomainPath))
    .map(({ at }) => ({
      path: at(clusterDomainPath),
      isKey: true,
      got: 'clusterDomain',
      expected: 'one cluster domain in the whole mesh: gateways know calls by names with this domain',
      fix: 'move it to istio.values, and give every cluster this domain',
    }));
}

/** Rules about the domain of the Services. */
export const clusterDomainRules = { clusterDomainIsADnsName, clusterDomainIsTheSameEverywhere };

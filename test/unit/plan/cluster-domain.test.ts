import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { passthroughHosts } from '../../../constructs/domain/istio/cluster-domain.ts';
import { declare, findingsOf, webDeployment } from '../../support/mistakes.ts';
import { makeProject, synthesize } from '../../support/project.ts';

const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
`;

/** The output of two clusters whose Services have this domain. */
function output(domain: string, topology: string): Readonly<Record<string, string>> {
  const values = `values: {global: {proxy: {clusterDomain: ${domain}}}}`;
  const federation = declare({ istio: `{version: 1.31.4, topology: ${topology}, ${values}}` });
  const project = makeProject({ 'federation.yaml': federation, 'web.yaml': `${webDeployment}---\n${service}` });
  return synthesize(join(project, 'federation.yaml'));
}

describe('a cluster domain among the values', () => {
  test('is that of the hosts of every gateway for other networks, and of the tables', () => {
    const files = output('cluster.corp', 'multi-primary');
    for (const cluster of ['host', 'member'])
      expect(loadAll(files[`${cluster}/30-gateways/cross-network-gateway.yaml`] ?? '')).toMatchObject([
        { spec: { servers: [{ hosts: ['*.cluster.corp'] }] } },
      ]);
    expect(files['services.tsv']).toContain('\nweb.shop.svc.cluster.corp\t80\thttp\t');
    expect(Object.values(files).filter((text) => /svc\.cluster\.local|'\*\.local'/.test(text))).toEqual([]);
  });

  test('is that of the route to istiod', () => {
    const files = output('corp', 'primary-remote');
    const [, route] = loadAll(files['host/30-gateways/istiod-gateway.yaml'] ?? '');
    expect(JSON.stringify(route)).toContain('"host":"istiod.istio-system.svc.corp"');
    expect(files['host/30-gateways/cross-network-gateway.yaml']).toContain("'*.corp'");
  });

  test('may be the usual one, which changes nothing', () => {
    expect(passthroughHosts('cluster.local')).toEqual(['*.local']);
    expect(output('cluster.local', 'multi-primary')['services.tsv']).toContain('web.shop.svc.cluster.local');
  });

  test.each(['', 'Cluster.Local', 'cluster.local.', '.corp', '*.corp', 'a_b', 'cluster..corp', `${'a.'.repeat(91)}a`])(
    'is refused if no DNS server has it: %j',
    (domain) => {
      const istio = `{version: 1.31.4, values: {global: {proxy: {clusterDomain: ${JSON.stringify(domain)}}}}}`;
      const rules = findingsOf({ 'federation.yaml': declare({ istio }), 'web.yaml': webDeployment });
      expect(rules.map(({ rule }) => rule)).toEqual(['cluster-domain-is-a-dns-name']);
    },
  );
});

import { describe, expect, test } from 'vitest';
import type { Gate } from '../../../constructs/plan/steps/gate.ts';
import { holdGates } from '../../../operations/gates/hold-gates.ts';
import { take } from '../recorded/scene-changes.ts';
import { failureOf, stepsRun } from '../steps/steps-run.ts';
import { deployment, gated, said, world } from './gates-run.ts';

describe('the address that other clusters get', () => {
  const gate = (onlyIp: boolean, ...expected: string[]): Gate => ({ kind: 'gateway-address-known', expected, onlyIp });
  const gatewayWith = (changes: object) => [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'istio-eastwestgateway',
        namespace: 'istio-system',
        annotations: { 'traffic.istio.io/nodeSelector': '{}' },
      },
      spec: { type: 'LoadBalancer', ports: [{ port: 15443 }] },
      ...changes,
    },
    deployment('istio-eastwestgateway', 'istio-system'),
  ];
  const ofBalancer = (...ingress: object[]) => gatewayWith({ status: { loadBalancer: { ingress } } });
  const ofNodes = gatewayWith({ spec: { type: 'NodePort', ports: [{ port: 15443, nodePort: 31443 }] } });
  const node = (name: string, ...addresses: object[]) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { addresses },
  });
  const internal = { type: 'InternalIP', address: '10.0.0.11' };

  async function holds(objects: readonly object[], given: Gate) {
    const servers = world({ holds: objects, address: null });
    // Only the given nodes have addresses.
    take(servers, 'host', 'nodes/host-1');
    const run = await stepsRun(servers, { steps: [] });
    return failureOf(holdGates(run, [gated(given)], said));
  }

  test('is no hostname where the primary injects its remotes: the run stops, and names the ways out', async () => {
    const failure = await holds(ofBalancer({ hostname: 'a1b2.elb.us-east-1.amazonaws.com' }), gate(true));
    expect(failure?.kind).toBe('failed');
    expect(failure?.problem.problem).toContain('is the hostname a1b2.elb.us-east-1.amazonaws.com');
    for (const way of ['reserve an IP address', 'injector: local', 'topology: multi-primary'])
      expect(failure?.problem.fix).toContain(way);
    expect(await holds(ofBalancer({ hostname: 'a1b2.elb.us-east-1.amazonaws.com' }), gate(false))).toBeNull();
  });

  test('is the IP address if a load balancer has a hostname, too', async () => {
    const both = { ip: '203.0.113.7', hostname: '203-0-113-7.ip.linodeusercontent.com' };
    expect(await holds(ofBalancer(both), gate(true))).toBeNull();
    expect(await holds(ofBalancer({ hostname: 'lb.example.com' }, both), gate(true, '203.0.113.7'))).toBeNull();
    const failure = await holds(ofBalancer(both), gate(false, both.hostname));
    expect(failure?.problem.problem).toContain(`is 203.0.113.7, expected ${both.hostname}`);
  });

  test('is no InternalIP of a node: istiod takes ExternalIP only', async () => {
    const failure = await holds([...ofNodes, node('a', internal)], gate(false));
    expect(failure?.kind).toBe('timed-out');
    expect(failure?.problem.problem).toContain('no node has one of type ExternalIP, and istiod takes no other one');
    expect(failure?.problem.problem).toContain('use type: ExternalIPs');
    const one = node('b', internal, { type: 'ExternalIP', address: '198.51.100.7' });
    expect(await holds([...ofNodes, node('a', internal), one], gate(false))).toBeNull();
    const other = await holds([...ofNodes, one], gate(false, '198.51.100.8'));
    expect(other?.problem.problem).toContain('is 198.51.100.7, expected 198.51.100.8');
    expect(other?.problem.fix).toContain('use type: ExternalIPs');
  });
});

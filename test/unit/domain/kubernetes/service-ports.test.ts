import { expect, test } from 'vitest';
import { fillProtocols, portsWithoutProtocol } from '../../../../constructs/domain/kubernetes/service-ports.ts';

const service = { kind: 'Service', spec: { ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] } };

test('every port of a Service gets its protocol, and nothing else changes', () => {
  expect(fillProtocols(service)).toEqual({
    kind: 'Service',
    spec: {
      ports: [
        { port: 80, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    },
  });
  expect(portsWithoutProtocol(fillProtocols(service))).toEqual([]);
});

test.each([{ kind: 'Deployment', spec: service.spec }, { kind: 'Service' }, { kind: 'Service', spec: { ports: 7 } }])(
  '%j stays as it is',
  (object) => {
    expect(fillProtocols(object)).toBe(object);
  },
);

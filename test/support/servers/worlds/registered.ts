import { kubefedNamespace } from '../controllers/kubefed/kubefed.ts';
import { kubefedChart, kubefedDefinitions } from '../programs/charts/kubefed-chart.ts';
import { rootCertificate } from './root-certificate.ts';

/** KubeFed as somebody else has installed it on a host: what the host holds at the start. */
export function kubefedOn(members: Readonly<Record<string, string>>): readonly object[] {
  const chart = kubefedChart({
    chart: 'kubefed',
    release: 'kubefed',
    namespace: kubefedNamespace,
    values: '',
    set: [],
  });
  const inNamespace = chart.map((one) =>
    one.kind === 'FederatedTypeConfig' ? { ...one, metadata: { ...one.metadata, namespace: kubefedNamespace } } : one,
  );
  const joined = Object.entries(members).map(([name, apiEndpoint]) => ({
    apiVersion: 'core.kubefed.io/v1beta1',
    kind: 'KubeFedCluster',
    metadata: { name, namespace: kubefedNamespace },
    spec: { apiEndpoint, secretRef: { name: `${name}-credentials` } },
  }));
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: kubefedNamespace } };
  return [...kubefedDefinitions(), namespace, ...inNamespace, ...joined];
}

/** A Secret cacerts as somebody has created it. Only its root is a certificate. */
export function cacerts(root = rootCertificate): object {
  const texts = {
    'ca-cert.pem': 'intermediate',
    'ca-key.pem': 'key',
    'root-cert.pem': root,
    'cert-chain.pem': 'chain',
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cacerts', namespace: 'istio-system' },
    type: 'Opaque',
    stringData: texts,
  };
}

/** A namespace. */
export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

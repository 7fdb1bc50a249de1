import { istioNamespace } from '../../constructs/domain/istio/namespaces.ts';
import { dnsSubdomainPattern } from '../../constructs/domain/kubernetes/dns-names.ts';
import type { ObjectReference } from '../clusters/changes.ts';

/** The routine that reverts a remote secret, as records name it. */
export const remoteSecretUndo = 'remote-secret';

/**
 * The Secret with which istiod reads another cluster; null if the record does not say which one in a form that we write.
 *
 * @param args the name of the cluster that is read, and Istio's name for it
 */
export function remoteSecretOf([, istioCluster = '']: readonly string[]): ObjectReference | null {
  const name = `istio-remote-secret-${istioCluster}`;
  if (!dnsSubdomainPattern.test(istioCluster) || !dnsSubdomainPattern.test(name)) return null;
  return { group: '', kind: 'Secret', namespace: istioNamespace, name };
}

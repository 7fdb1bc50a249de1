import { X509Certificate } from 'node:crypto';
import type { Answer } from '../answer.ts';
import type { Kubectl } from '../kubectl.ts';

/** Keys of Secret cacerts under which Istio reads the root. */
const rootKeys = ['root-cert.pem'];

/** The sha256 of the root in Secret istio-system/cacerts, hexadecimal. No private key is read. */
export async function readRootFingerprint(kubectl: Kubectl): Promise<Answer<string>> {
  for (const key of rootKeys) {
    const root = await kubectl.getSecretKey('istio-system', 'cacerts', key);
    if (root.kind === 'failed') return root;
    if (root.kind === 'found') return fingerprintOf(root.value);
  }
  return { kind: 'absent' };
}

function fingerprintOf(pem: string): Answer<string> {
  try {
    const { fingerprint256 } = new X509Certificate(pem);
    return { kind: 'found', value: fingerprint256.replaceAll(':', '').toLowerCase() };
  } catch {
    return {
      kind: 'failed',
      reason: 'the root in Secret istio-system/cacerts is not a certificate',
      fix: 'put the certificate of the common root into the Secret',
    };
  }
}

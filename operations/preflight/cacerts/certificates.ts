import { X509Certificate } from 'node:crypto';

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/** More than any chain, or any bundle of roots during a rotation. */
const mostCertificates = 50;

/** The certificates in a text, in their order. Null if there is none, or one that cannot be read. */
export function certificatesIn(pem: string): readonly X509Certificate[] | null {
  const [, ...parts] = pem.split(begin);
  if (parts.length === 0 || parts.length > mostCertificates) return null;
  try {
    return parts.map((part) => {
      const [body = ''] = part.split(end, 1);
      return new X509Certificate(`${begin}${body}${end}\n`);
    });
  } catch {
    return null;
  }
}

/** Whether one certificate is issued by another one, and signed with its key. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // The issuer's key is of a kind that signs nothing.
    return false;
  }
}

/**
 * The certificates from a CA to its root, without the root. Null if they do not lead there.
 *
 * @param between the certificates that may be on the way
 */
export function wayToRoot(
  certificate: X509Certificate,
  between: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): readonly X509Certificate[] | null {
  // Each is looked at once, so that certificates which issue each other do not keep it going.
  const unseen = new Map(between.map((one) => [one.fingerprint256, one]));
  const search = (one: X509Certificate): readonly X509Certificate[] | null => {
    if (roots.some((root) => isIssuedBy(one, root))) return [one];
    unseen.delete(one.fingerprint256);
    for (const issuer of between) {
      const way = unseen.has(issuer.fingerprint256) && isIssuedBy(one, issuer) ? search(issuer) : null;
      if (way !== null) return [one, ...way];
    }
    return null;
  };
  return search(certificate);
}

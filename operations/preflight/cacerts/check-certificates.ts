import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { shellWord } from '../../../constructs/delivery/shell-word.ts';
import type { Problem } from '../../clusters/problem.ts';
import { type Cacerts, cacertsFiles } from '../../run/cacerts.ts';
import { certificatesIn, isIssuedBy, wayToRoot } from './certificates.ts';

/** Says what is wrong with a file, and how to mend it. */
type Say = (file: keyof Cacerts, what: string, fix: string) => Problem;

const issueAgain = 'issue an intermediate CA for each cluster from one root';

/**
 * The problems of the four files of a cluster. istiod verifies them in the same way when it starts, and creates a root of its
 * own or does not start if it cannot (Istio 1.31 security/pkg/pki/util/keycertbundle.go).
 *
 * @param directory of the files, for the messages
 */
export function checkCertificates(directory: string, texts: Cacerts, now = Date.now()): readonly Problem[] {
  const say: Say = (file, what, fix) => ({ problem: `${shellWord(`${directory}/${file}`)} ${what}`, fix });
  const [ca] = certificatesIn(texts['ca-cert.pem']) ?? [];
  const roots = certificatesIn(texts['root-cert.pem']);
  const chain = certificatesIn(texts['cert-chain.pem']);
  const unreadable = [
    ...(ca === undefined ? [say('ca-cert.pem', 'is not a certificate in PEM', issueAgain)] : []),
    ...(roots === null ? [say('root-cert.pem', 'is not a certificate in PEM', issueAgain)] : []),
    ...(chain === null ? [say('cert-chain.pem', 'holds no certificates in PEM', issueAgain)] : []),
  ];
  return [
    ...unreadable,
    ...publicKeys(say, texts),
    ...checkKey(say, texts['ca-key.pem'], ca),
    ...(ca === undefined ? [] : checkCa(say, ca, now)),
    ...(roots ?? []).flatMap((root) => checkRoot(say, root, now)),
    ...(ca && roots && chain ? checkWay(say, { ca, roots, chain, now }) : []),
  ];
}

// istiod gives the root to every namespace of every cluster.
function publicKeys(say: Say, texts: Cacerts): readonly Problem[] {
  return cacertsFiles
    .filter((file) => file !== 'ca-key.pem' && texts[file].includes('PRIVATE KEY-----'))
    .map((file) => say(file, 'holds a private key, and is given to others', 'take the key out of it, and replace it'));
}

function checkKey(say: Say, pem: string, ca: X509Certificate | undefined): readonly Problem[] {
  const key = readKey(pem);
  if (key === null)
    return [say('ca-key.pem', 'is not a private key in PEM without a passphrase', 'write it without a passphrase')];
  if (ca === undefined || ca.checkPrivateKey(key)) return [];
  return [say('ca-key.pem', 'is not the key of ca-cert.pem', issueAgain)];
}

function readKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

function checkCa(say: Say, ca: X509Certificate, now: number): readonly Problem[] {
  return [...checkIsCa(say, 'ca-cert.pem', ca), ...checkDates(say, 'ca-cert.pem', ca, now)];
}

// `ca` is false, too, if the certificate says what its key may do, and does not say that it may sign certificates.
function checkIsCa(say: Say, file: keyof Cacerts, { ca }: X509Certificate): readonly Problem[] {
  if (ca) return [];
  const fix = 'issue it with basicConstraints=critical,CA:TRUE and keyUsage=critical,keyCertSign,cRLSign';
  return [say(file, 'is not the certificate of a CA: it may not sign certificates', fix)];
}

// Envoy trusts a root only if it has signed itself.
function checkRoot(say: Say, root: X509Certificate, now: number): readonly Problem[] {
  const file = 'root-cert.pem';
  const isRoot = isIssuedBy(root, root);
  return [
    ...(isRoot ? [] : [say(file, 'is not a root: it is not signed by itself', 'put the root of the chain there')]),
    ...checkIsCa(say, file, root),
    ...checkDates(say, file, root, now),
  ];
}

function checkDates(say: Say, file: keyof Cacerts, certificate: X509Certificate, now: number): readonly Problem[] {
  const { validFrom, validTo } = certificate;
  if (Date.parse(validFrom) > now)
    return [say(file, `is not valid before ${validFrom}`, 'correct the clock, or issue the certificate anew')];
  return Date.parse(validTo) > now ? [] : [say(file, `has ended on ${validTo}`, 'issue the certificate anew')];
}

interface Way {
  readonly ca: X509Certificate;
  readonly roots: readonly X509Certificate[];
  readonly chain: readonly X509Certificate[];
  readonly now: number;
}

function checkWay(say: Say, { ca, roots, chain, now }: Way): readonly Problem[] {
  const way = wayToRoot(ca, chain, roots);
  if (way === null)
    return [
      say(
        'ca-cert.pem',
        'is not issued by the root of root-cert.pem, not even over cert-chain.pem',
        'issue it from that root; if other CAs are between them, put their certificates into cert-chain.pem',
      ),
    ];
  return way
    .slice(1)
    .flatMap((one) => [...checkIsCa(say, 'cert-chain.pem', one), ...checkDates(say, 'cert-chain.pem', one, now)]);
}

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A directory for `--cacerts` that was made with openssl: one root, and an intermediate certificate for each cluster. */
export interface Certificates {
  readonly directory: string;
  readonly root: string;
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const openssl = (directory: string, ...args: readonly string[]): void =>
  void execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });

/** Makes certificates that are valid for a month, with keys that nobody keeps. */
export function makeCertificates(directory: string, clusters: readonly string[]): Certificates {
  mkdirSync(directory, { recursive: true });
  const ca = ['-addext', 'basicConstraints=critical,CA:TRUE'];
  openssl(
    directory,
    'req',
    '-x509',
    ...curve,
    '-days',
    '30',
    '-subj',
    '/CN=root',
    ...ca,
    '-keyout',
    'root.key',
    '-out',
    'root-cert.pem',
  );
  writeFileSync(join(directory, 'extensions'), 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign,cRLSign\n');
  const root = readFileSync(join(directory, 'root-cert.pem'), 'utf8');
  for (const cluster of clusters) makeIntermediate(directory, cluster, root);
  return { directory, root };
}

function makeIntermediate(directory: string, cluster: string, root: string): void {
  mkdirSync(join(directory, cluster));
  const [key, request, certificate] = [`${cluster}/ca-key.pem`, `${cluster}.csr`, `${cluster}/ca-cert.pem`];
  openssl(directory, 'req', ...curve, '-subj', `/CN=${cluster}`, '-keyout', key, '-out', request);
  const by = ['-CA', 'root-cert.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '20', '-extfile', 'extensions'];
  openssl(directory, 'x509', '-req', '-in', request, ...by, '-out', certificate);
  chmodSync(join(directory, key), 0o600);
  copyFileSync(join(directory, 'root-cert.pem'), join(directory, cluster, 'root-cert.pem'));
  writeFileSync(join(directory, cluster, 'cert-chain.pem'), readFileSync(join(directory, certificate), 'utf8') + root);
}

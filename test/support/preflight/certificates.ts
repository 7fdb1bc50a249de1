import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Certificates, made in a directory of their own when a test needs them. */
export interface Certificates {
  readonly directory: string;
  /** Makes a certificate and its key: `NAME.pem`, `NAME-key.pem`. */
  readonly make: (name: string, options?: CertificateOptions) => void;
  /** Puts the four files of a cluster below `ca/`, whose CA is issued by a root. */
  readonly give: (cluster: string, root: string) => void;
  readonly forget: () => void;
}

/** What a certificate is like. */
export interface CertificateOptions {
  /** Name of the one that signs it. @default - itself */
  readonly issuer?: string;
  /** @default 365 */
  readonly days?: number;
  /** @default - those of a CA */
  readonly extensions?: readonly string[];
}

const ofCa = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];

/** An empty place for certificates. */
export function makeCertificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-certificates-'));
  const make = (name: string, { issuer, days = 365, extensions = ofCa }: CertificateOptions = {}): void => {
    const configuration = ['[req]', 'distinguished_name=name', '[name]', '[own]', ...extensions];
    writeFileSync(join(directory, 'configuration'), `${configuration.join('\n')}\n`);
    const words = ['req', '-x509', '-config', 'configuration', '-extensions', 'own', '-subj', `/CN=${name}`];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}-key.pem`];
    const signing = issuer === undefined ? [] : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}-key.pem`];
    const out = ['-days', String(days), '-out', `${name}.pem`];
    execFileSync('openssl', [...words, ...key, ...signing, ...out], { cwd: directory, stdio: 'pipe' });
  };
  const give = (cluster: string, root: string): void => {
    const own = join(directory, 'ca', cluster);
    mkdirSync(own, { recursive: true });
    make(`ca-of-${cluster}`, { issuer: root });
    const from = (name: string, to: string): void => copyFileSync(join(directory, name), join(own, to));
    from(`ca-of-${cluster}.pem`, 'ca-cert.pem');
    from(`ca-of-${cluster}-key.pem`, 'ca-key.pem');
    from(`ca-of-${cluster}.pem`, 'cert-chain.pem');
    from(`${root}.pem`, 'root-cert.pem');
  };
  return { directory, make, give, forget: () => rmSync(directory, { recursive: true }) };
}

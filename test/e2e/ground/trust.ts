import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../machine/run.ts';
import type { Cluster } from './ground.ts';
import { apply } from './kubectl.ts';

/** One root certificate, and what signs with it. */
export interface Trust {
  /** Gives a cluster an intermediate CA of the root, as the Secret that istiod reads. */
  readonly give: (cluster: Cluster) => Promise<void>;
  /** Throws the root's key away. */
  readonly forget: () => void;
}

/** Makes a root, for clusters that come one by one. */
export async function makeRootOfTrust(): Promise<Trust> {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-trust-'));
  const forget = () => rmSync(directory, { recursive: true });
  try {
    await makeRoot(directory);
  } catch (error) {
    forget();
    throw error;
  }
  return { give: (cluster) => makeIntermediate(directory, cluster), forget };
}

/** Gives each cluster an intermediate CA of one root. The root's key is thrown away. */
export async function makeTrust(clusters: readonly Cluster[]): Promise<void> {
  const trust = await makeRootOfTrust();
  try {
    for (const cluster of clusters) await trust.give(cluster);
  } finally {
    trust.forget();
  }
}

async function makeRoot(directory: string): Promise<void> {
  const files = ['-keyout', 'root-key.pem', '-out', 'root-cert.pem'];
  const extensions = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await openssl(directory, [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/O=e2e/CN=root',
    ...files,
    ...extensions,
  ]);
}

async function makeIntermediate(directory: string, cluster: Cluster): Promise<void> {
  const subject = ['-subj', `/O=e2e/CN=intermediate of ${cluster.name}`];
  await openssl(directory, [
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    ...subject,
    '-keyout',
    'ca-key.pem',
    '-out',
    'ca.csr',
  ]);
  writeFileSync(
    join(directory, 'ca.ext'),
    'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\n',
  );
  const signing = [
    '-CA',
    'root-cert.pem',
    '-CAkey',
    'root-key.pem',
    '-CAcreateserial',
    '-extfile',
    'ca.ext',
    '-days',
    '2',
  ];
  await openssl(directory, ['x509', '-req', '-in', 'ca.csr', '-out', 'ca-cert.pem', ...signing]);
  const read = (name: string) => readFileSync(join(directory, name), 'utf8');
  const stringData = {
    'ca-cert.pem': read('ca-cert.pem'),
    'ca-key.pem': read('ca-key.pem'),
    'root-cert.pem': read('root-cert.pem'),
    'cert-chain.pem': read('ca-cert.pem') + read('root-cert.pem'),
  };
  const metadata = { name: 'cacerts', namespace: 'istio-system' };
  await apply(cluster, JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, stringData }));
}

async function openssl(directory: string, words: readonly string[]): Promise<void> {
  await run(['openssl', ...words], { cwd: directory });
}

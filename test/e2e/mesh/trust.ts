import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../environment.ts';
import { apply } from '../kubernetes/kubectl.ts';
import { run } from '../machine/run.ts';

/** One root certificate and its signing functions. */
export interface Trust {
  /** Gives a cluster an intermediate CA of the root, as the Secret that istiod reads. */
  readonly give: (cluster: Cluster) => Promise<void>;
  /** Makes the same as files, in a directory of this name below `directory`. */
  readonly issue: (name: string) => Promise<void>;
  readonly directory: string;
  /** Deletes the root's key. */
  readonly forget: () => void;
}

/** Makes a root, for clusters that are added one by one. */
export async function makeRootOfTrust(): Promise<Trust> {
  const directory = mkdtempSync(join(tmpdir(), 'mesh-federation-trust-'));
  const forget = () => rmSync(directory, { recursive: true });
  try {
    await makeRoot(directory);
  } catch (error) {
    forget();
    throw error;
  }
  const issue = (name: string) => makeIntermediate(directory, name);
  return { give: (cluster) => giveIntermediate(directory, cluster), issue, directory, forget };
}

/** Gives each cluster an intermediate CA of one root. The root's key is deleted. */
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

async function makeIntermediate(directory: string, name: string): Promise<void> {
  const own = join(directory, name);
  mkdirSync(own, { recursive: true });
  const subject = ['-subj', `/O=e2e/CN=intermediate of ${name}`];
  await openssl(directory, [
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    ...subject,
    '-keyout',
    join(own, 'ca-key.pem'),
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
  await openssl(directory, ['x509', '-req', '-in', 'ca.csr', '-out', join(own, 'ca-cert.pem'), ...signing]);
  copyFileSync(join(directory, 'root-cert.pem'), join(own, 'root-cert.pem'));
  const chain = ['ca-cert.pem', 'root-cert.pem'].map((file) => readFileSync(join(own, file), 'utf8'));
  writeFileSync(join(own, 'cert-chain.pem'), chain.join(''));
}

async function giveIntermediate(directory: string, cluster: Cluster): Promise<void> {
  await makeIntermediate(directory, cluster.name);
  const files = ['ca-cert.pem', 'ca-key.pem', 'root-cert.pem', 'cert-chain.pem'];
  const read = (file: string) => readFileSync(join(directory, cluster.name, file), 'utf8');
  const stringData = Object.fromEntries(files.map((file) => [file, read(file)]));
  const metadata = { name: 'cacerts', namespace: 'istio-system' };
  await apply(cluster, JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, stringData }));
}

async function openssl(directory: string, words: readonly string[]): Promise<void> {
  await run(['openssl', ...words], { cwd: directory });
}

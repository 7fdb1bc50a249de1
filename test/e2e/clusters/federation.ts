import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../machine/run.ts';
import type { Place } from './place.ts';

/** The controllers that Karmada's own installation runs beside its API server. None of them acts on templates. */
export const templateControllers = [
  'namespace',
  'garbagecollector',
  'serviceaccount-token',
  'ttl-after-finished',
  'clusterrole-aggregation',
].join(',');

/** The directory with the shared certificate of a federation's servers, `tls.crt` and `tls.key`. */
export function certificateDirectory(directory: string): string {
  return join(directory, 'federation');
}

/**
 * Makes that certificate, for this run only. The servers present it to each other and trust exactly this certificate.
 */
export async function makeCertificate({ row, directory }: Place): Promise<void> {
  if (!row.isFederation) return;
  const cwd = certificateDirectory(directory);
  mkdirSync(cwd, { recursive: true, mode: 0o700 });
  const names = ['localhost', 'karmada-aggregated-apiserver.karmada-system.svc'].map((name) => `DNS:${name}`);
  const extensions = [`subjectAltName=${names.join(',')}`, 'extendedKeyUsage=serverAuth,clientAuth'];
  await run(
    [
      ...['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=front-proxy-client'],
      ...extensions.flatMap((extension) => ['-addext', extension]),
      ...['-keyout', 'tls.key', '-out', 'tls.crt'],
    ],
    { cwd },
  );
}

/** Flags that let an API server pass requests on to another one, as in Karmada's own installation. */
export function aggregationFlags(directory: string): string[] {
  const certificate = certificateDirectory(directory);
  return [
    `--proxy-client-cert-file=${certificate}/tls.crt`,
    `--proxy-client-key-file=${certificate}/tls.key`,
    `--requestheader-client-ca-file=${certificate}/tls.crt`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-username-headers=X-Remote-User',
    '--disable-admission-plugins=StorageObjectInUseProtection,ServiceAccount',
  ];
}

import { X509Certificate } from 'node:crypto';
import type { Run } from '../../run/run.ts';
import { cacertsSteps } from '../cacerts.ts';
import type { ClusterFacts } from '../clusters/facts.ts';
import { allFindings, aProblem, aWarning, type Findings, noFindings } from '../findings.ts';

/**
 * Whether there is one root in every existing Secret cacerts, in every one that this run makes, and in the lock. With two
 * roots, calls between clusters fail, and nothing else reports it.
 */
export function checkRoots(run: Run, facts: readonly ClusterFacts[]): Findings {
  const places = new Map<string, readonly string[]>();
  const note = (fingerprint: string, place: string): void => {
    places.set(fingerprint, [...(places.get(fingerprint) ?? []), place]);
  };
  for (const [cluster, fingerprint] of rootsOfFiles(run)) note(fingerprint, `--cacerts, ${cluster}/root-cert.pem`);
  for (const { cluster, expected, root } of facts) {
    if (expected?.rootFingerprint) note(expected.rootFingerprint, `the lock, ${cluster.name}`);
    if (root?.kind === 'found') note(root.value, `${cluster.name}, Secret istio-system/cacerts`);
  }
  return allFindings([...facts.map(untold), places.size > 1 ? severalRoots(places) : noFindings]);
}

function rootsOfFiles({ steps, settings }: Run): readonly (readonly [cluster: string, fingerprint: string])[] {
  return [...new Set(cacertsSteps(steps).map(({ target }) => target.name))].flatMap((cluster) => {
    const pem = settings.cacerts?.get(cluster)?.['root-cert.pem'];
    return pem === undefined ? [] : [[cluster, fingerprintOf(pem)] as const];
  });
}

// The files have been checked when they were read.
const fingerprintOf = (pem: string): string =>
  new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();

function untold({ cluster: { name }, root }: ClusterFacts): Findings {
  if (root?.kind !== 'failed') return noFindings;
  return aWarning(`${name} does not tell its root certificate: ${root.reason}`);
}

function severalRoots(places: ReadonlyMap<string, readonly string[]>): Findings {
  const lines = [...places].flatMap(([fingerprint, where]) => [
    `      ${fingerprint}`,
    ...where.map((place) => `        ${place}`),
  ]);
  return aProblem(
    `there are ${places.size} root certificates, and calls between their clusters would fail:\n${lines.join('\n')}`,
    'issue the intermediate CA of every cluster from one root; if that root is a new one, record it with mesh-federation discover',
  );
}

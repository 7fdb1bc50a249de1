import type { X509Certificate } from 'node:crypto';
import { shellWord } from '../../constructs/delivery/shell-word.ts';
import { UserMistake } from '../../constructs/model/problems/problem.ts';
import type { Step } from '../../constructs/plan/steps/step.ts';
import type { Problem } from '../clusters/problem.ts';
import { type Cacerts, cacertsFiles } from '../run/cacerts.ts';
import { certificatesIn } from './cacerts/certificates.ts';
import { checkCertificates } from './cacerts/check-certificates.ts';
import { readCacertsFiles } from './cacerts/read-files.ts';

/** The steps that wait for a Secret cacerts. With --cacerts, it is made from the files of the step's cluster. */
export function cacertsSteps(steps: readonly Step[]): readonly Step[] {
  return steps.filter(({ gate }) => gate?.kind === 'cacerts-present');
}

/**
 * Reads the certificates of clusters from `DIRECTORY/CLUSTER`, and checks that istiod can use them.
 *
 * @param clusters those that need them: the targets of `cacertsSteps`
 * @throws UserMistake with all problems of all files
 */
export function readCacerts(directory: string, clusters: readonly string[]): ReadonlyMap<string, Cacerts> {
  const read = [...new Set(clusters)].map((cluster) => ({ cluster, ...readCacertsFiles(directory, cluster) }));
  const whole = read.flatMap(({ cluster, texts }) => (isWhole(texts) ? [[cluster, texts] as const] : []));
  const problems = [
    ...read.flatMap(({ problems }) => problems),
    ...whole.flatMap(([cluster, texts]) => checkCertificates(`${directory}/${cluster}`, texts)),
    ...severalRoots(directory, whole),
  ];
  if (problems.length > 0) throw new UserMistake(textOf(directory, problems));
  return new Map(whole);
}

function isWhole(texts: Partial<Cacerts>): texts is Cacerts {
  return cacertsFiles.every((file) => texts[file] !== undefined);
}

function severalRoots(directory: string, all: readonly (readonly [string, Cacerts])[]): readonly Problem[] {
  const places = new Map<string, string>();
  for (const [cluster, texts] of all) {
    const root = rootOf(texts)?.fingerprint256;
    if (root !== undefined && !places.has(root)) places.set(root, cluster);
  }
  if (places.size < 2) return [];
  const files = [...places.values()].map((cluster) => shellWord(`${directory}/${cluster}/root-cert.pem`));
  return [
    {
      problem: `${files.join(', ')} are ${places.size} root certificates, and calls between their clusters would fail`,
      fix: 'issue the intermediate CA of every cluster from one root',
    },
  ];
}

const rootOf = (texts: Cacerts): X509Certificate | undefined => certificatesIn(texts['root-cert.pem'])?.[0];

function textOf(directory: string, problems: readonly Problem[]): string {
  const count = `${shellWord(directory)}: ${problems.length} problem${problems.length === 1 ? '' : 's'}, nothing was changed`;
  return [count, ...problems.flatMap(({ problem, fix }) => [`  ${problem}`, `    fix: ${fix}`])].join('\n');
}

const days = 24 * 60 * 60 * 1000;

/** A warning for each certificate that ends within 30 days: with it, the calls of the cluster end. */
export function expiringCacerts(cacerts: ReadonlyMap<string, Cacerts>, now = Date.now()): readonly string[] {
  return [...cacerts].flatMap(([cluster, texts]) =>
    (['ca-cert.pem', 'root-cert.pem'] as const).flatMap((file) => {
      const [certificate] = certificatesIn(texts[file]) ?? [];
      const left = Date.parse(certificate?.validTo ?? '') - now;
      return left < 30 * days
        ? `${cluster}: the certificate in ${file} ends on ${certificate?.validTo}; calls of the cluster fail from then on`
        : [];
    }),
  );
}

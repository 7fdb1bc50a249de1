import { isIP } from 'node:net';
import type { Path } from '../../../domain/json/path.ts';
import type { Finding } from '../../problems/finding.ts';
import { declaredControlPlanes, remotesOf } from '../../resolution/declared-control-planes.ts';
import {
  clusterNamesOf,
  clustersOf,
  declaredAddressesOf,
  type Evidence,
  istioReleaseOf,
  wordsOf,
} from '../evidence.ts';

function inLock(evidence: Evidence, path: Path, finding: Omit<Finding, 'path' | 'at'>, isKey = false): Finding {
  const document = evidence.lockDocument;
  return { ...finding, path, at: isKey ? document?.locateKey(path) : document?.locate(path) };
}

function lockNamesADeclaredCluster(evidence: Evidence): readonly Finding[] {
  const known = clusterNamesOf(evidence);
  // If the name of a cluster is misshapen, it is unclear which cluster an entry of the lock means.
  if (known.length !== (evidence.declaration.clusters?.length ?? 0)) return [];
  return Object.keys(evidence.lock.clusters ?? {})
    .filter((name) => !known.includes(name))
    .map((name) =>
      inLock(
        evidence,
        ['clusters', name],
        {
          got: name,
          expected: `one of ${known.map((cluster) => `"${cluster}"`).join(', ')}`,
          fix: `the cluster may still hold objects of this federation: put its block back with state: leaving, run mesh-federation apply, mesh-federation destroy --only ${name} and mesh-federation discover, then delete the block; if the cluster itself is gone, delete its entry from the lock`,
        },
        true,
      ),
    );
}

function lockedAddressIsTheDeclaredOne(evidence: Evidence): readonly Finding[] {
  return clustersOf(evidence).flatMap((draft) => {
    const { cluster } = draft;
    const declared = declaredAddressesOf(draft).map(({ address }) => address);
    const locked = cluster.name === undefined ? undefined : evidence.lock.clusters?.[cluster.name]?.gatewayAddress;
    if (declared.length === 0 || locked === undefined || declared.includes(locked)) return [];
    return [
      inLock(evidence, ['clusters', cluster.name ?? '', 'gatewayAddress'], {
        got: locked,
        expected: `${declared.map((address) => `"${address}"`).join(' or ')}, the declared address`,
        fix: 'correct the declaration, or give the load balancer the declared address and run mesh-federation discover again',
      }),
    ];
  });
}

const ipReasons = {
  all: 'Istio 1.7 cannot use a hostname: the network would silently lose all endpoints',
  ofPrimaries: 'the API servers of its remotes cannot reach the injector by a hostname',
};

function lockedAddressIsIp(evidence: Evidence): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  const remotesOfPrimary = remotesOf(declaredControlPlanes(evidence.declaration));
  const isInjecting = (name: string): boolean => remotesOfPrimary(name).some(({ injector }) => injector === 'primary');
  return Object.entries(evidence.lock.clusters ?? {}).flatMap(([name, { gatewayAddress } = {}]) => {
    const isFree = release === null || (release.dialect.resolvesHostnames && !isInjecting(name));
    if (gatewayAddress === undefined || isIP(gatewayAddress) !== 0 || isFree) return [];
    return [
      inLock(evidence, ['clusters', name, 'gatewayAddress'], {
        got: gatewayAddress,
        expected: `an IP address (${release.dialect.resolvesHostnames ? ipReasons.ofPrimaries : ipReasons.all})`,
        fix: 'give the load balancer a reserved IP address, or use topology: multi-primary on Istio 1.24 or newer',
      }),
    ];
  });
}

function lockedUidsAreUnique(evidence: Evidence): readonly Finding[] {
  const seen = new Set<string>();
  return Object.entries(evidence.lock.clusters ?? {}).flatMap(([name, facts]) => {
    const uid = facts?.uid;
    const isRepeated = uid !== undefined && seen.has(uid);
    if (uid !== undefined) seen.add(uid);
    const expected = `a UID that no other cluster has: ${wordsOf(evidence).sameServer}`;
    const fix = 'remove one of the two clusters, or correct its kubeContext and run mesh-federation discover again';
    return isRepeated ? [inLock(evidence, ['clusters', name, 'uid'], { got: uid, expected, fix })] : [];
  });
}

function lockedRootsAreOne(evidence: Evidence): readonly Finding[] {
  const facts = Object.entries(evidence.lock.clusters ?? {});
  const first = facts.find(([, { rootFingerprint } = {}]) => rootFingerprint !== undefined)?.[1]?.rootFingerprint;
  return facts.flatMap(([name, { rootFingerprint } = {}]) =>
    rootFingerprint === undefined || rootFingerprint === first
      ? []
      : [
          inLock(evidence, ['clusters', name, 'rootFingerprint'], {
            got: rootFingerprint,
            expected: 'the same root in every cluster: otherwise their workloads do not trust each other',
            fix: 'put a Secret cacerts with the common root into this cluster and run mesh-federation discover again',
          }),
        ],
  );
}

function lockedKubernetesIsSupported(evidence: Evidence): readonly Finding[] {
  const release = istioReleaseOf(evidence);
  if (release === null) return [];
  const [first, last] = release.kubernetesMinors;
  return Object.entries(evidence.lock.clusters ?? {}).flatMap(([name, facts]) => {
    const minor = Number(facts?.kubernetesVersion?.match(/^v?1\.(\d+)\./)?.[1] ?? Number.NaN);
    if (facts?.kubernetesVersion === undefined || (minor >= first && minor <= last)) return [];
    return [
      inLock(evidence, ['clusters', name, 'kubernetesVersion'], {
        got: facts.kubernetesVersion,
        expected: `Kubernetes 1.${first} to 1.${last}, the versions that Istio ${evidence.declaration.istio?.version} supports`,
        fix: 'use a cluster with one of these versions, or another version of Istio',
      }),
    ];
  });
}

/** Rules about observed facts. */
export const lockRules = {
  lockNamesADeclaredCluster,
  lockedAddressIsTheDeclaredOne,
  lockedAddressIsIp,
  lockedUidsAreUnique,
  lockedRootsAreOne,
  lockedKubernetesIsSupported,
};

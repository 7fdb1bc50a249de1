/** Patches of one minor that the Sail operator installs, both ends included. */
interface SailMinor {
  readonly minor: string;
  readonly first: number;
  readonly last: number;
}

/**
 * We assume these, since the operator's own list was not available. The notes of its releases up to 1.31.2 (2026-11-02)
 * name Istio 1.31.3, 1.30.7 and 1.29.10, and its maintainers add every missing patch (pull requests 2166, 2343 and 2362).
 */
const assumed: readonly SailMinor[] = [
  { minor: '1.31', first: 0, last: 3 },
  { minor: '1.30', first: 4, last: 7 },
  { minor: '1.29', first: 7, last: 10 },
];

/** We read these in istio-ecosystem/sail-operator 328df99dc9fc (main, 2026-08-22), chart/crds/sailoperator.io_istios.yaml. */
const read: readonly SailMinor[] = [
  { minor: '1.30', first: 0, last: 3 },
  { minor: '1.29', first: 0, last: 6 },
  { minor: '1.28', first: 0, last: 10 },
  { minor: '1.27', first: 0, last: 9 },
  { minor: '1.26', first: 0, last: 8 },
  { minor: '1.25', first: 1, last: 5 },
  { minor: '1.24', first: 0, last: 6 },
  { minor: '1.23', first: 2, last: 6 },
  { minor: '1.22', first: 5, last: 8 },
  { minor: '1.21', first: 6, last: 6 },
];

const versionsOf = (minors: readonly SailMinor[]): readonly string[] =>
  minors.flatMap(({ minor, first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => `${minor}.${last - index}`),
  );

/** The versions that later releases of the operator have added to the list that was read. */
export const assumedSailVersions: readonly string[] = versionsOf(assumed);

/**
 * The Istio releases that `spec.version` of the Sail operator's Istio accepts, newest first. The operator writes them
 * with a leading v. It also accepts aliases such as v1.30-latest, which move, and pre-releases, which a declaration
 * cannot name. An operator refuses releases that had reached their end of life when the operator was built
 * (pkg/istioversion/versions.yaml).
 */
export const sailVersions: readonly string[] = [...assumedSailVersions, ...versionsOf(read)].sort(newestFirst);

// Not by localeCompare: preparing its collation takes longer than everything else that is done when this code is loaded.
function newestFirst(a: string, b: string): number {
  const [numbersOfA, numbersOfB] = [a, b].map((version) => version.split('.').map(Number)) as [number[], number[]];
  const differences = numbersOfB.map((number, index) => number - (numbersOfA[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

const [newest] = sailVersions;

/** The newest listed release of a minor such as `1.30`, or of all minors if that minor has none. */
export function newestSailVersion(minor: string): string {
  return sailVersions.find((version) => version.startsWith(`${minor}.`)) ?? newest ?? '';
}

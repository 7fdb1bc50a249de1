import type { Change } from './changes/changes.ts';
import { compareChanges } from './changes/compare-changes.ts';
import type { PhaseOf } from './changes/phases.ts';
import type { EndState } from './end-state.ts';

/** What somebody did: changes, exit code, end state. */
export interface Deed {
  readonly exitCode: number;
  readonly changes: readonly Change[];
  readonly state: EndState | null;
}

/** A deviation that is as it should be. */
export interface Difference {
  /** The runs that it is about. */
  readonly runs: RegExp;
  /** The deviations that it explains. */
  readonly explains: RegExp;
  readonly reason: string;
}

/** Each way in which a deed deviates from a recorded one, as a line. */
export function deviationsOf(recorded: Deed, actual: Deed, phaseOf: PhaseOf): readonly string[] {
  const { missing, added, disordered } = compareChanges(recorded.changes, actual.changes, phaseOf);
  return [
    ...(recorded.exitCode === actual.exitCode ? [] : [`exit code ${actual.exitCode} in place of ${recorded.exitCode}`]),
    ...missing.filter(isOurs).map((title) => `not done: ${title}`),
    ...added.filter(isOurs).map((title) => `done besides: ${title}`),
    ...disordered.map((title) => `in another order: ${title}`),
    ...(recorded.state === null || actual.state === null ? [] : stateDeviationsOf(recorded.state, actual.state)),
  ];
}

function stateDeviationsOf(recorded: EndState, actual: EndState): readonly string[] {
  const keys = [...new Set([...Object.keys(recorded), ...Object.keys(actual)])].filter(isOurs).sort();
  return keys.flatMap((key) => {
    const [former, now] = [JSON.stringify(recorded[key]), JSON.stringify(actual[key])];
    if (former === now || (former !== undefined && now !== undefined && isOfServers.test(key))) return [];
    if (former === undefined) return [`in the end there is besides: ${key}`];
    return [
      now === undefined ? `in the end there is no: ${key}` : `in the end is another: ${key}, ${former} is ${now}`,
    ];
  });
}

// The servers of the tests have got more of Istio's kinds, and other names for the releases of helm, since the scripts ran there.
const isOurs = (text: string): boolean =>
  !/customresourcedefinitions?[./].*(?<!\/gateways\.networking)\.istio\.io$|sh\.helm\.release| nodes\//.test(text);

// Objects that the servers themselves write: only whether they are there is compared.
const isOfServers =
  / (customresourcedefinitions\.|kubefedclusters\.|namespaces\/kube-federation-system$|nodes\/|secrets\/.*-serving-cert$|.*\/waits$)/;

/** Deviations that no difference explains. Notes the differences that explain one. */
export function unexplained(
  id: string,
  deviations: readonly string[],
  differences: readonly Difference[],
  used: Set<Difference>,
): readonly string[] {
  return deviations.filter((deviation) => {
    const found = differences.filter(({ runs, explains }) => runs.test(id) && explains.test(deviation));
    for (const one of found) used.add(one);
    return found.length === 0;
  });
}

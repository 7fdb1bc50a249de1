import type { Problem } from '../clusters/problem.ts';
import { reachClusters } from '../clusters/reach-clusters.ts';
import { clustersOfPlan } from '../plan/clusters.ts';
import { readPlan } from '../plan/read-plan.ts';
import type { RunProgram } from '../tools/run-program.ts';
import { checkMesh, type MeshInputs } from './check-mesh.ts';
import { readDeliveredObjects } from './expected/delivered-objects.ts';
import { readEndpointTables } from './expected/endpoint-tables.ts';
import { joinRows, type Row } from './expected/rows.ts';

/** Inputs of `verify`. */
export interface VerifyOptions
  extends Pick<MeshInputs, 'calls' | 'path' | 'client' | 'parallel' | 'answerSeconds' | 'waitSeconds' | 'say'> {
  /** The output whose mesh is checked. */
  readonly directory: string;
  /** Contexts in place of those of the plan, by cluster. */
  readonly contexts: ReadonlyMap<string, string>;
  /** The clusters to check from. Empty: all. */
  readonly only: readonly string[];
  /** The services to check. Empty: all. */
  readonly services: readonly string[];
  /** Hears what a credential plugin asks. Null: nobody can answer. */
  readonly onPrompt: ((text: string) => void) | null;
  readonly program: RunProgram;
}

/** A row of the result. */
export interface VerdictRow {
  readonly client: string;
  readonly service: string;
  readonly port: number;
  /** Null for an endpoint that nobody expects. */
  readonly serving: string | null;
  readonly endpoint: string;
  readonly state: 'ok' | 'missing' | 'unexpected';
  /** Null if no calls were counted. */
  readonly calls: number | null;
}

/** The result of `verify`: everything is intact if there is no problem. */
export interface Verdict {
  readonly rows: readonly VerdictRow[];
  readonly problems: readonly Problem[];
}

/**
 * Checks every link between the clusters of a plan, compares the endpoints of their proxies, and counts calls. Changes
 * nothing. If a cluster is not reached, or is not that of the plan, nothing else is asked.
 *
 * @throws UserMistake when the output cannot be read, or does not have what is asked for
 */
export async function verify(options: VerifyOptions): Promise<Verdict> {
  const { directory, contexts, parallel, answerSeconds, onPrompt, program: run } = options;
  const plan = readPlan(directory);
  const planned = clustersOfPlan(plan, contexts);
  const names = planned.map(({ name }) => name);
  const rows = joinRows(readEndpointTables(directory, names), names, options);
  const objects = readDeliveredObjects(directory);
  const involved = involvedIn(rows);
  const found = await reachClusters(
    planned.filter(({ name }) => involved.has(name)),
    { run, parallel, answerSeconds, onPrompt },
  );
  if (found.kind === 'problems') return { rows: [], problems: found.problems };
  return checkMesh(rows, { ...options, plan, objects, clusters: found.clusters });
}

function involvedIn(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(
    rows.flatMap(({ client, primary, serving, gateway }) => [
      client,
      primary,
      serving,
      ...(gateway === null ? [] : [gateway.cluster]),
    ]),
  );
}

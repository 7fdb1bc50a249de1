import { groupBy } from '../../../constructs/domain/group-by.ts';
import type { JoinStep, Step } from '../../../constructs/plan/steps/step.ts';
import { type Answer, mapAnswer } from '../../clusters/answer.ts';
import type { EnginePreflight, Registration } from '../../engines/engine-preflight.ts';
import { enginePreflights } from '../../engines/preflight-table.ts';
import type { Run } from '../../run/run.ts';
import { sideBySide } from '../../tools/side-by-side.ts';
import type { ClusterFacts } from '../clusters/facts.ts';
import { allFindings, aProblem, type Findings, noFindings } from '../findings.ts';
import { checkRegistrations } from './registrations.ts';
import type { Servers } from './servers.ts';

/** An engine at its place, and what the run expects of it. */
interface PlacedEngine {
  readonly facts: ClusterFacts;
  readonly engine: EnginePreflight;
  readonly joins: readonly JoinStep['joining'][];
  /** The engine's names for the clusters that must have joined already. */
  readonly joined: readonly string[];
}

/** Whether the engines know and reach their clusters. An engine ignores others, or waits for them for ever. */
export async function checkEngines(run: Run, facts: readonly ClusterFacts[], servers: Servers): Promise<Findings> {
  const placed = placedEngines(run.steps, facts);
  return allFindings(
    await sideBySide(placed, run.settings.parallel, async (one) =>
      checkEngine(one, await readRegistrations(one), servers),
    ),
  );
}

function placedEngines(steps: readonly Step[], facts: readonly ClusterFacts[]): readonly PlacedEngine[] {
  const ofEngines = steps.filter(({ engine }) => engine !== null);
  return [...groupBy(ofEngines, ({ engine, target }) => `${engine}/${target.name}`).values()].flatMap((some) => {
    const engine = enginePreflights.get(some[0]?.engine ?? '');
    const place = facts.find(({ cluster }) => cluster.name === some[0]?.target.name);
    if (engine === undefined || place === undefined) return [];
    const joins = some.flatMap((step) => (step.action === 'join' ? step.joining : []));
    const names = some.flatMap(({ gate }) => (gate?.kind === 'propagated' ? gate.clusters : []));
    // A cluster that joins in this run has no registration yet.
    const joining = new Set(joins.map(({ federationCluster }) => federationCluster));
    const joined = [...new Set(names)].filter((name) => !joining.has(name));
    return joins.length + joined.length === 0 ? [] : [{ facts: place, engine, joins, joined }];
  });
}

// `absent`: the server does not serve the kind. The engine is not installed yet, and knows no cluster.
async function readRegistrations({ facts, engine, joined }: PlacedEngine): Promise<Answer<readonly Registration[]>> {
  const { kinds, cluster } = facts;
  if (kinds.kind !== 'found') return kinds;
  const { group, kind } = engine.registration;
  const served = kinds.value.find(group, kind);
  if (served !== null) return engine.readRegistrations(cluster.kubectl, served, joined);
  return kinds.value.isComplete ? { kind: 'absent' } : { kind: 'failed', reason: 'one of its APIs does not answer' };
}

function checkEngine(placed: PlacedEngine, answer: Answer<readonly Registration[]>, servers: Servers): Findings {
  const { facts, engine, joins, joined } = placed;
  const { name } = facts.cluster;
  if (answer.kind === 'failed')
    return aProblem(
      `${name} does not tell which clusters have joined ${engine.title}: ${answer.reason}`,
      `use a context that may read ${engine.registration.kind} of ${engine.registration.group}`,
    );
  if (answer.kind === 'absent' && joined.length > 0)
    return aProblem(
      `${name} does not serve ${engine.registration.kind}: ${joined.join(', ')} ${joined.length === 1 ? 'has' : 'have'} not joined ${engine.title}`,
      engine.howToGet,
    );
  const registrations = answer.kind === 'found' ? answer.value : [];
  return allFindings([
    ...joins.map((joining) => checkJoin(engine, joining, registrations, servers)),
    checkRegistrations(engine, joined, registrations),
  ]);
}

// A kubeconfig that does not tell the server is a problem of its own.
function checkJoin(
  { checkJoin: check }: EnginePreflight,
  joining: JoinStep['joining'],
  registrations: readonly Registration[],
  servers: Servers,
): Findings {
  const server = servers.get(joining.name) ?? { kind: 'absent' };
  const problems = mapAnswer(server, (url) => check?.({ joining, server: url, registrations }) ?? []);
  return problems.kind === 'found' ? { problems: problems.value, warnings: [] } : noFindings;
}

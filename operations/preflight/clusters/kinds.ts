import { groupBy } from '../../../constructs/domain/group-by.ts';
import type { Step } from '../../../constructs/plan/steps/step.ts';
import { waves } from '../../../constructs/plan/waves.ts';
import type { Answer } from '../../clusters/answer.ts';
import type { ServedKinds } from '../../clusters/served-kinds.ts';
import { enginePreflights } from '../../engines/preflight-table.ts';
import type { Run } from '../../run/run.ts';
import { allFindings, aProblem, type Findings, noFindings } from '../findings.ts';
import { objectsOfStep } from '../objects-of-step.ts';

/** Whether each kind that a run applies to a cluster is served when its step comes: already, or by an earlier step. */
export function checkKinds(run: Run, name: string, answer: Answer<ServedKinds>): Findings {
  const missing = missingKinds(run, name, answer.kind === 'found' ? answer.value : null);
  if (missing.length === 0) return noFindings;
  if (answer.kind !== 'found' || !answer.value.isComplete) {
    const reason = answer.kind === 'failed' ? answer.reason : 'one of its APIs does not answer';
    return aProblem(
      `${name} does not tell whether it serves ${distinct(missing.map(({ kind }) => kind))}: ${reason}`,
      'run it again when every API of the cluster answers: kubectl api-resources',
    );
  }
  const groups = groupBy(missing, ({ group, step }) => JSON.stringify([group, step.wave, step.engine]));
  return allFindings([...groups.values()].map((some) => notServed(name, some)));
}

interface MissingKind {
  readonly group: string;
  readonly kind: string;
  readonly step: Step;
}

function missingKinds(run: Run, name: string, served: ServedKinds | null): readonly MissingKind[] {
  const coming = new Set<string>();
  return run.steps
    .filter(({ target }) => target.name === name)
    .flatMap((step) => {
      const missing = objectsOfStep(run.output, step).filter(
        ({ group, kind }) => !served?.find(group, kind) && !isComing(coming, group),
      );
      for (const one of step.brings) if (one.brings === 'kinds') coming.add(one.group);
      return missing.map(({ group, kind }) => ({ group, kind, step }));
    });
}

// A step brings the kinds of a group, or of every group below one: `*.istio.io`.
function isComing(coming: ReadonlySet<string>, group: string): boolean {
  return coming.has(group) || coming.has(`*.${group.slice(group.indexOf('.') + 1)}`);
}

function notServed(name: string, missing: readonly MissingKind[]): Findings {
  const [{ group, step } = { group: '', step: null }] = missing;
  if (step === null) return noFindings;
  const kinds = distinct(missing.map(({ kind }) => kind));
  const ofGroup = group === '' ? '' : ` of ${group}`;
  return aProblem(
    `${name} does not serve what ${waves[step.wave].directory} applies, and no step before it brings it: ${kinds}${ofGroup}`,
    howToGet(group, step.engine),
  );
}

const distinct = (kinds: readonly string[]): string => [...new Set(kinds)].sort().join(' ');

function howToGet(group: string, engine: string | null): string {
  if (group === 'sailoperator.io') return 'install the Sail operator';
  if (group.endsWith('.istio.io')) return 'run the steps that install Istio, too';
  return (
    enginePreflights.get(engine ?? '')?.howToGet ??
    'install its CustomResourceDefinition, or list it among the manifests of the workload'
  );
}

import type { Federation } from '../../model/federation.ts';
import type { Step } from '../steps/step.ts';
import { type Condition, hasCacerts, literally } from './condition.ts';
import type { EngineConditions } from './engine-conditions.ts';

/** Label of the record that an apply leaves in a cluster. Its value is the federation's name. */
export const recordLabel = 'mesh-federation.io/federation';

/**
 * The conditions that must hold before the first change of a run that takes the step: each API server is the expected
 * one, and the engine reaches the clusters to which it delivers.
 */
export function conditionsFirst(
  {
    federation,
    engine,
    steps,
  }: { readonly federation: Federation; readonly engine: EngineConditions; readonly steps: readonly Step[] },
  step: Step,
): readonly Condition[] {
  if (step.action === 'preflight') return [isTheCluster(step), isOfNoOther(federation, step)];
  const { gate, target } = step;
  if (gate?.kind !== 'propagated' || isRepeated(steps, step)) return [];
  const joining = new Set(steps.flatMap((one) => (one.action === 'join' ? [one.joining.federationCluster] : [])));
  return gate.clusters.filter((name) => !joining.has(name)).flatMap((name) => engine.registered(target, name, null));
}

// Only the last one of these steps asks, so that no run asks twice.
function isRepeated(steps: readonly Step[], step: Step): boolean {
  const alike = steps.filter(({ gate, target }) => gate?.kind === 'propagated' && target.name === step.target.name);
  return alike.at(-1) !== step;
}

/** The conditions that must hold before a step. Without its CA, istiod would make a root of its own. */
export function conditionsBefore({ undo, brings, target }: Step): readonly Condition[] {
  const isInstallation = brings.some((one) => one.brings === 'kinds' && one.group === '*.istio.io');
  return isInstallation && undo !== null ? [hasCacerts(target)] : [];
}

function isTheCluster({ target }: Step): Condition {
  return {
    at: target,
    kind: 'namespace',
    namespace: null,
    name: 'kube-system',
    jsonpath: '{.metadata.uid}',
    match: 'some',
    pattern: target.uid === null ? '[0-9A-Za-z-]+' : literally(target.uid),
    isAwaited: false,
    fix: `name the right context: --context ${target.name}=CONTEXT`,
  };
}

// Whoever applied here before has left a record with the names of the federation and of the cluster.
function isOfNoOther({ name }: Federation, { target }: Step): Condition {
  const label = recordLabel.replaceAll('.', '\\.');
  return {
    at: target,
    kind: 'configmap',
    namespace: 'kube-system',
    name: recordLabel,
    jsonpath: `{range .items[*]}{.metadata.labels.${label}}/{.data.cluster}{"\\n"}{end}`,
    match: 'every',
    pattern: literally(`${name}/${target.name}`),
    isAwaited: false,
    fix: `this is another cluster, or another federation is here: --context ${target.name}=CONTEXT, or destroy that one first`,
  };
}

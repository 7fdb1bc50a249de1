import type { Brought } from '../../plan/steps/brought.ts';
import type { Gate } from '../../plan/steps/gate.ts';
import type { Action, LateAddress, Step } from '../../plan/steps/step.ts';
import { waves } from '../../plan/waves.ts';
import type { OutputFile } from '../output-file.ts';
import { renderTable } from './table.ts';

/** The cells of a row besides its target and its gate. */
interface Cells {
  /** Name of the action in `plan.tsv`. */
  readonly action: string;
  readonly path: string | null;
  readonly args: readonly (string | null)[];
}

type CellsOf = { readonly [A in Action]: (step: Extract<Step, { action: A }>) => Cells };

/** THE table of rows: how each action is written as cells. */
const cellsOf: CellsOf = {
  preflight: ({ federation, expected }) => ({
    action: 'none',
    path: null,
    args: [
      federation,
      ...(expected === null
        ? []
        : [
            ...expected.kubernetes,
            expected.isLeaving ? 'leaving' : 'active',
            expected.rootFingerprint,
            ...(expected.capacity === null
              ? []
              : [String(expected.capacity.cores), String(expected.capacity.gibibytes)]),
          ]),
    ],
  }),
  'install-engine': ({ action, installation: { chart, version, chartRepository, image, pullSecrets } }) => ({
    action,
    path: null,
    args: [chart, version, chartRepository, image, ...pullSecrets],
  }),
  join: ({ action, joining: { name, federationCluster, apiServer } }) => ({
    action,
    path: null,
    args: [name, federationCluster, apiServer],
  }),
  apply: ({ action, path }) => ({ action, path, args: [] }),
  'istioctl-install': ({ action, path, version, lateAddress }) => ({
    action,
    path,
    args: [version, ...renderLateAddress(lateAddress)],
  }),
  'helm-upgrade': ({ action, path, release, namespace, chart, version, chartRepository, lateAddress }) => ({
    action,
    path,
    args: [release, namespace, chart, version, chartRepository, ...renderLateAddress(lateAddress)],
  }),
  'federated-cacerts': ({ action, clusters }) => ({ action, path: null, args: clusters }),
  'remote-secret': ({ action, read: { name, istioCluster, apiServer } }) => ({
    action,
    path: null,
    args: [name, istioCluster, apiServer],
  }),
  'remote-secret-gone': ({ action, read: { name, istioCluster } }) => ({
    action,
    path: null,
    args: [name, istioCluster],
  }),
  verify: () => ({ action: 'none', path: null, args: [] }),
};

// `--set KEY=ADDRESS`; the address is read from the cluster during the rollout.
function renderLateAddress(late: LateAddress | null): readonly string[] {
  return late === null ? [] : [`${late.key}=gateway-address:${late.cluster}`];
}

/** The steps in order, one row each. The columns after `undo` are the arguments of the action, or else of the gate. */
export function renderPlanTable(steps: readonly Step[]): OutputFile {
  return renderTable(
    'plan.tsv',
    ['wave', 'cluster', 'context', 'uid', 'action', 'path', 'wait', 'engine', 'needs', 'brings', 'undo', 'args...'],
    steps.map(renderStep),
  );
}

/** Name of a step's action in the tables. */
export function actionOf(step: Step): string {
  return cellsOfStep(step).action;
}

// The compiler cannot see that the action of a step selects the function that accepts it.
const cellsOfStep = (step: Step): Cells => (cellsOf[step.action] as (step: Step) => Cells)(step);

function renderStep(step: Step): readonly (string | null)[] {
  const { wave, target, gate, engine, needs, brings, undo } = step;
  const { action, path, args } = cellsOfStep(step);
  const told = [...args, ...argsOfGate(gate)];
  return [
    waves[wave].directory,
    target.name,
    target.kubeContext,
    target.uid,
    action,
    path,
    gate?.kind ?? null,
    engine,
    needs.join(','),
    brings.map(renderBrought).join(','),
    undo,
    ...(told.length === 0 ? [null] : told),
  ];
}

function argsOfGate(gate: Gate | null): readonly string[] {
  switch (gate?.kind) {
    case 'gateway-address-known':
      return gate.onlyIp && gate.expected.length === 0 ? ['ip'] : gate.expected;
    case 'propagated':
      return gate.clusters;
    default:
      return [];
  }
}

/**
 * `GROUP` for the kinds of a group. `KIND.GROUP/NAMESPACE/NAME` for an object, without the parts that it lacks, and
 * with `all:` in front if it exists in all clusters.
 */
function renderBrought(brought: Brought): string {
  if (brought.brings === 'kinds') return brought.group;
  const { group, kind, namespace, name, isEverywhere } = brought;
  const resource = [group === '' ? kind : `${kind}.${group}`, ...(namespace === null ? [] : [namespace]), name];
  return `${isEverywhere ? 'all:' : ''}${resource.join('/')}`;
}

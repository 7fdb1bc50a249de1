import type { Step } from '../../constructs/plan/steps/step.ts';
import { waves } from '../../constructs/plan/waves.ts';
import { definitionsWait } from '../conditions/definitions.ts';
import { deployment, rolloutWaits } from '../conditions/rolled-out.ts';
import { until } from '../conditions/until.ts';
import { stepsOfEngine } from '../engines/steps-table.ts';
import type { PlannedObject } from '../plan/planned-objects.ts';
import type { Run, Tell } from '../run/run.ts';
import { clusterNamed, clusterOf } from '../run/target.ts';
import { sideBySide } from '../tools/side-by-side.ts';
import { holdCacerts } from './cacerts.ts';
import { holdInjection } from './injection.ts';
import { holdGatewayAddress, holdInjector, holdRegistries } from './istio.ts';

/**
 * Waits until the conditions of steps hold. The steps are of one wave, one cluster and one action.
 *
 * @throws Failure `timed-out` when one has not come true in time
 */
export async function holdGates(run: Run, steps: readonly [Step, ...Step[]], tell: Tell): Promise<void> {
  const [first] = steps;
  const cluster = clusterOf(run, first);
  const objects = objectsOf(run, first);
  switch (first.gate?.kind) {
    case 'types-enabled':
      return holdTypes(run, first, objects);
    case 'cacerts-present':
      return holdCacerts(run, first, cluster);
    case 'istiod-available':
      return until(run, cluster.name, () => rolloutWaits(cluster, [deployment('istio-system', 'istiod')]));
    case 'gateway-address-known':
      return holdGatewayAddress(run, cluster, first.gate);
    case 'injector-available':
      return holdInjector(run, cluster);
    case 'registry-synced':
      await holdRegistries(run, cluster, { istioClusters: readBy(steps), wanted: 'synced', tell });
      return holdInjections(run, steps);
    case 'registry-gone':
      return holdRegistries(run, cluster, { istioClusters: readBy(steps), wanted: 'gone', tell });
    case 'registration-ready':
      return holdRegistrations(run, steps);
    case 'propagated':
      return holdPropagation(run, first, objects);
    case 'rolled-out':
      return until(run, cluster.name, () => rolloutWaits(cluster, objects.filter(isDeployment)));
    // The run makes these checks as a whole, before and after its steps.
    case 'preflight-passed':
    case 'endpoints-match':
    case undefined:
      return;
  }
}

function objectsOf({ output }: Run, { target, wave }: Step): readonly PlannedObject[] {
  const { directory } = waves[wave];
  return output.objects.filter((object) => object.cluster === target.name && object.wave === directory);
}

const isDeployment = ({ group, kind }: PlannedObject): boolean => group === 'apps' && kind === 'Deployment';

function readBy(steps: readonly Step[]): readonly string[] {
  return steps.flatMap((step) => ('read' in step ? step.read.istioCluster : []));
}

// The webhook of a remote trusts the injector once the primary has read the cluster. Pods of Istio 1.7 are injected in
// namespaces with a label only, and that of Istio has none.
async function holdInjections(run: Run, steps: readonly Step[]): Promise<void> {
  const remotes = steps.flatMap((step) => (step.action === 'remote-secret' && step.isRemote ? step.read.name : []));
  await sideBySide(remotes, run.settings.parallel, (name) => holdInjection(run, clusterNamed(run, name)));
}

async function holdTypes(run: Run, step: Step, objects: readonly PlannedObject[]): Promise<void> {
  const cluster = clusterOf(run, step);
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  await until(run, cluster.name, () => definitionsWait(cluster, definitions));
  if (step.engine === null) return;
  const engine = stepsOfEngine(step.engine);
  await until(run, cluster.name, () => engine.typesWait(cluster, objects));
}

async function holdPropagation(run: Run, step: Step, objects: readonly PlannedObject[]): Promise<void> {
  if (step.engine === null) return;
  const cluster = clusterOf(run, step);
  const engine = stepsOfEngine(step.engine);
  await until(run, cluster.name, () => engine.propagationWaits(cluster, objects));
}

async function holdRegistrations(run: Run, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.action !== 'join') continue;
    const engine = stepsOfEngine(step.engine);
    await until(run, step.joining.name, () => engine.registrationWaits(clusterOf(run, step), step));
  }
}

import type { Step } from '../../constructs/plan/steps/step.ts';
import { stepsOfEngine } from '../engines/steps-table.ts';
import type { Run, Tell } from '../run/run.ts';
import { clusterOf } from '../run/target.ts';
import { applyDirectory } from './apply-directory.ts';
import { applyCacerts } from './cacerts-secret.ts';
import { installByIstioctl, upgradeByHelm } from './install-istio.ts';
import { letRead } from './remote-secrets.ts';
import { stopReading } from './stop-reading.ts';
import { nothingTaken, type Taken } from './taken.ts';

/**
 * Takes steps of one wave, one cluster and one action, or shows what they would change. Each step changes nothing if
 * everything is already as it should be.
 *
 * @throws Failure when a step cannot be taken
 */
export async function takeSteps(run: Run, steps: readonly [Step, ...Step[]], tell: Tell): Promise<Taken> {
  const [first] = steps;
  // One call serves all of these.
  if (first.action === 'remote-secret') return letRead(run, ofAction(steps, 'remote-secret'), tell);
  if (first.action === 'remote-secret-gone') return stopReading(run, ofAction(steps, 'remote-secret-gone'), tell);
  let taken = nothingTaken;
  for (const step of steps) {
    const { differences, untried } = await takeStep(run, step, tell);
    taken = { differences: taken.differences + differences, untried: taken.untried + untried };
  }
  return taken;
}

function ofAction<A extends Step['action']>(
  steps: readonly Step[],
  action: A,
): readonly Extract<Step, { action: A }>[] {
  return steps.filter((step): step is Extract<Step, { action: A }> => step.action === action);
}

async function takeStep(run: Run, step: Step, tell: Tell): Promise<Taken> {
  switch (step.action) {
    case 'apply':
      return applyDirectory(run, step, tell);
    case 'istioctl-install':
      return installByIstioctl(run, step, tell);
    case 'helm-upgrade':
      return upgradeByHelm(run, step, tell);
    case 'remote-secret':
      return letRead(run, [step], tell);
    case 'remote-secret-gone':
      return stopReading(run, [step], tell);
    case 'install-engine':
    case 'join':
    case 'federated-cacerts':
      return takeStepOfEngine(run, step, tell);
    // The run makes these checks as a whole, before and after its steps.
    case 'preflight':
    case 'verify':
      return nothingTaken;
  }
}

type EngineStep = Extract<Step, { action: 'install-engine' | 'join' | 'federated-cacerts' }>;

async function takeStepOfEngine(run: Run, step: EngineStep, tell: Tell): Promise<Taken> {
  const engine = stepsOfEngine(step.engine);
  const cluster = clusterOf(run, step);
  if (run.mode !== 'apply') {
    tell(wouldOf(step, cluster.name));
    return nothingTaken;
  }
  if (step.action === 'install-engine') await engine.install(run, step, tell);
  else if (step.action === 'join') await engine.join(run, step, tell);
  else {
    await applyCacerts(run, cluster, tell);
    await engine.carryCacerts(run, step, tell);
  }
  return nothingTaken;
}

function wouldOf(step: EngineStep, cluster: string): string {
  switch (step.action) {
    case 'install-engine':
      return `helm would install ${step.installation.chart} ${step.installation.version}`;
    case 'join':
      return `${step.joining.name} would join as ${step.joining.federationCluster}`;
    case 'federated-cacerts':
      return `the Secret cacerts of ${cluster} would be federated to ${step.clusters.join(' ')}`;
  }
}

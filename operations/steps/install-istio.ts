import type { HelmUpgradeStep, IstioctlInstallStep } from '../../constructs/plan/steps/step.ts';
import { chartWords } from '../programs/chart.ts';
import { recoverRelease, upgradeRelease } from '../programs/helm.ts';
import { installIstio } from '../programs/istioctl.ts';
import type { Run, Tell } from '../run/run.ts';
import { clusterOf } from '../run/target.ts';
import { lateValuesOf } from './late-values.ts';
import { nothingTaken, type Taken } from './taken.ts';

/** Installs Istio with istioctl. */
export async function installByIstioctl(run: Run, step: IstioctlInstallStep, tell: Tell): Promise<Taken> {
  const cluster = clusterOf(run, step);
  if (run.mode !== 'apply') {
    tell(`istioctl would install ${step.path}`);
    return nothingTaken;
  }
  const installation = {
    cluster: cluster.name,
    context: cluster.context,
    manifest: run.output.textOf(step.path),
    values: await lateValuesOf(run, step.lateAddress),
    timeoutSeconds: run.settings.timeoutSeconds,
  };
  await installIstio(run.program, installation, tell);
  return nothingTaken;
}

/** Installs or upgrades a release of a chart. */
export async function upgradeByHelm(run: Run, step: HelmUpgradeStep, tell: Tell): Promise<Taken> {
  const cluster = clusterOf(run, step);
  const chart = chartWords(step, run.settings.allowHttpCharts);
  if (run.mode !== 'apply') {
    tell(`helm would upgrade ${step.release} with ${step.path}`);
    return nothingTaken;
  }
  const { release, namespace } = step;
  const { timeoutSeconds, pollMilliseconds } = run.settings;
  const place = { cluster: cluster.name, context: cluster.context, release, namespace };
  await recoverRelease(run.program, place, { stop: run.stop, pollMilliseconds, timeoutSeconds }, tell);
  const lateValues = await lateValuesOf(run, step.lateAddress);
  const upgrade = { ...place, chart, values: run.output.textOf(step.path), lateValues, timeoutSeconds };
  await upgradeRelease(run.program, upgrade, tell);
  return nothingTaken;
}

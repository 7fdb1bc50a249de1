import { z } from 'zod';
import type { InstallEngineStep } from '../../../../constructs/plan/steps/step.ts';
import type { Cluster } from '../../../clusters/cluster.ts';
import { Failure } from '../../../clusters/failure.ts';
import { shown } from '../../../clusters/problem.ts';
import { definitionsWait } from '../../../conditions/definitions.ts';
import { lookUp } from '../../../conditions/look-up.ts';
import { deployment, rolloutWaits } from '../../../conditions/rolled-out.ts';
import { until } from '../../../conditions/until.ts';
import { chartWords } from '../../../programs/chart.ts';
import { renderChart, showDefinitions } from '../../../programs/helm.ts';
import { applyTo, manifestsOf, requireValue } from '../../../run/applied.ts';
import type { Run, Tell } from '../../../run/run.ts';
import { clusterOf } from '../../../run/target.ts';
import { kubefed } from '../names.ts';
import { type ChartObjects, readChartObjects, readObjects, valueWords } from './chart-objects.ts';

/**
 * Installs KubeFed from its own chart. `helm install` fails: it applies the chart's settings before the webhook that checks
 * them answers, and every further attempt makes another CA for the webhook (seen with Helm 4).
 */
export async function install(run: Run, step: InstallEngineStep, tell: Tell): Promise<void> {
  const host = clusterOf(run, step);
  const { installation } = step;
  if (await isInstalled(host, installation.image)) {
    tell(`${installation.chart} ${installation.version} is there, and its webhook answers`);
    return;
  }
  const chart = chartWords(installation, run.settings.allowHttpCharts);
  await applyDefinitions(run, host, chart, tell);
  // Rendered once, and into no file: it has the key of the webhook's certificate.
  const words = [installation.chart, ...chart, `--namespace=${kubefed.namespace}`, ...valueWords(installation)];
  const objects = readChartObjects(await renderChart(run.program, words, tell));
  await applyWebhook(run, host, objects, tell);
  await applyController(run, host, objects, tell);
}

const runningSchema = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.object({ template: z.object({ spec: z.object({ containers: z.array(z.object({ image: z.string() })) }) }) }),
});

const parts = [kubefed.webhook, kubefed.controller].map((name) => deployment(kubefed.namespace, name));

// Whether the pods run this image, and the webhook answers: a dry run asks it.
async function isInstalled(host: Cluster, image: string): Promise<boolean> {
  const running = await lookUp(host, parts, runningSchema);
  if (running.kind !== 'found') return false;
  const images = running.value.map(({ found }) => found?.spec.template.spec.containers[0]?.image);
  if (!images.every((one) => one === image) || (await rolloutWaits(host, parts)) !== null) return false;
  const config = { group: kubefed.coreGroup, kind: 'KubeFedConfig', namespace: kubefed.namespace, name: 'kubefed' };
  const settings = await lookUp(host, [config], settingsSchema);
  const [found] = settings.kind === 'found' ? settings.value : [];
  if (!found?.found) return false;
  // All of it: a field that is left out would be taken from the settings, and the webhook refuses them then.
  const { apiVersion, kind, spec } = found.found;
  const question = { apiVersion, kind, metadata: { namespace: config.namespace, name: config.name }, spec };
  const options = { force: true, isDryRun: true };
  return (await host.changes.apply(manifestsOf([question]), options)).kind === 'found';
}

const settingsSchema = z.object({
  apiVersion: z.string(),
  kind: z.literal('KubeFedConfig'),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.record(z.string(), z.unknown()),
});

async function applyDefinitions(run: Run, host: Cluster, chart: readonly string[], tell: Tell): Promise<void> {
  const definitions = readObjects(await showDefinitions(run.program, chart, tell), 'the chart of KubeFed');
  const other = definitions.find(({ kind }) => kind !== 'CustomResourceDefinition');
  if (other !== undefined)
    throw new Failure({
      problem: `the chart of KubeFed has a ${shown(other.kind)} among its CustomResourceDefinitions`,
      fix: 'correct the chart, or its repository',
    });
  const references = definitions.map(({ kind, metadata: { name } }) => {
    return { group: 'apiextensions.k8s.io', kind, namespace: null, name };
  });
  await applyTo(run, host, manifestsOf(definitions), 'the kinds of KubeFed are not applied', tell);
  await until(run, host.name, () => definitionsWait(host, references));
}

async function applyWebhook(run: Run, host: Cluster, { early }: ChartObjects, tell: Tell): Promise<void> {
  const webhook = deployment(kubefed.namespace, kubefed.webhook);
  const former = requireValue(
    await lookUp(host, [webhook], runningSchema),
    host,
    'whether KubeFed is there is unknown',
  );
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: kubefed.namespace } };
  await applyTo(run, host, manifestsOf([namespace]), 'the namespace of KubeFed is not applied', tell);
  await applyTo(run, host, manifestsOf(early), 'the webhook of KubeFed is not applied', tell);
  // Its pods still have the certificate of an earlier attempt.
  if (former[0]?.found)
    requireValue(await host.changes.restart(kubefed.namespace, kubefed.webhook), host, 'no restart');
  await until(run, host.name, () => rolloutWaits(host, [webhook]));
}

async function applyController(run: Run, host: Cluster, { late }: ChartObjects, tell: Tell): Promise<void> {
  const manifests = manifestsOf(late);
  const options = { force: run.settings.forceConflicts, isDryRun: true };
  await until(run, host.name, async () => {
    const answer = await host.changes.apply(manifests, options);
    return answer.kind === 'failed' ? `the webhook of KubeFed does not answer: ${answer.reason}` : null;
  });
  await applyTo(run, host, manifests, 'the controller of KubeFed is not applied', tell);
  await until(run, host.name, () => rolloutWaits(host, [deployment(kubefed.namespace, kubefed.controller)]));
}

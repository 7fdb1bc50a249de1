import { istioNamespace } from '../../../constructs/domain/istio/namespaces.ts';
import type { RecordedCommand } from '../../record/record.ts';
import { aboutItself, type CommandUndo, oneByOne } from '../../undoing/command-undo.ts';
import { runTool } from '../../undoing/run-tool.ts';
import type { Undoing } from '../../undoing/undoing.ts';
import { whyIstioIsLeft } from './istio-evidence.ts';

/** The releases that a plan can install: a release of the same name may be somebody else's, any other one is. */
const releases: Readonly<Record<string, string>> = { 'istio-base': 'base', istiod: 'istiod' };

/** Uninstalls a release of helm. The arguments: the release, its namespace, and the chart with its version and repository. */
export const undoHelm: CommandUndo = {
  tool: 'helm',
  about: aboutItself,
  describe: ([release]) => `helm uninstalls ${release}`,
  whyLeft: (undoing, place, command) =>
    isKnown(undoing, command) ? whyIstioIsLeft(undoing, place) : 'neither the plan nor this program knows this release',
  undo: oneByOne(async ({ program }, place, [release = '', namespace = '']) => {
    const words = [
      'uninstall',
      release,
      `--namespace=${namespace}`,
      `--kube-context=${place.cluster.context}`,
      '--ignore-not-found',
      '--wait',
      `--timeout=${place.timeoutSeconds}s`,
    ];
    const call = { tool: 'helm', args: words, timeoutSeconds: place.timeoutSeconds + 60 } as const;
    await runTool(program, call, `helm does not uninstall ${release} from ${place.cluster.name}`);
  }),
};

function isKnown({ plan }: Undoing, { args: [release = '', namespace, chart] }: RecordedCommand): boolean {
  const isOurs = Object.hasOwn(releases, release) && releases[release] === chart && namespace === istioNamespace;
  return (
    isOurs ||
    plan.steps.some(
      (step) =>
        step.action === 'helm-upgrade' &&
        step.release === release &&
        step.namespace === namespace &&
        step.chart === chart,
    )
  );
}

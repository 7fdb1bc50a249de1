import type { RecordedOutput, RecordedRun } from '../recording.ts';
import { type Change, normalObject } from './changes.ts';

/** Says in which wave a change is made, as text that sorts like the waves; null for the record, which has none. */
export type PhaseOf = (change: Omit<Change, 'call'>) => string | null;

/** The phases of a run: the waves of its plan, which `destroy.sh` takes backwards before its last deletions. */
export function phasesOf({ script }: Pick<RecordedRun, 'script'>, output: RecordedOutput): PhaseOf {
  const waves = wavesOf(output);
  if (script === 'apply.sh') return (change) => (change.verb === 'record' ? null : (waves(change) ?? '99-prune'));
  return (change) => {
    if (change.verb === 'record') return null;
    const wave = isLast(change) ? undefined : waves(change);
    return wave === undefined ? lastOf(change) : `${100 - Number(wave.slice(0, 2))}`.padStart(3, '0');
  };
}

// Objects that hold other objects, and those that istiod has written, are deleted last.
const isLast = ({ verb, object }: Omit<Change, 'call'>): boolean =>
  verb === 'delete' &&
  /^(namespace|customresourcedefinition[^/]*|configmaps?|leases?[^/]*|secret\/istio-system\/cacerts)(\/|$| )/.test(
    object,
  );

const lastOf = ({ object }: Omit<Change, 'call'>): string =>
  object.startsWith('configmap/kube-system/mesh-federation-')
    ? 'last 3'
    : object.startsWith('namespace/')
      ? 'last 2'
      : 'last 1';

type Steps = readonly (readonly string[])[];

function wavesOf({ directories, plan }: RecordedOutput): (change: Omit<Change, 'call'>) => string | undefined {
  const waves = new Map<string, string>();
  for (const [directory, objects] of Object.entries(directories)) {
    const [cluster, wave = ''] = directory.split('/');
    for (const object of objects.split(' ')) waves.set(`${cluster} ${normalObject(object)}`, wave);
  }
  const steps = plan.slice(1).map((row) => row.split('\t'));
  return (change) => waves.get(`${change.cluster} ${change.object.split(' ')[0]}`) ?? waveOfStep(steps, change);
}

// The wave of a change that no table of objects has.
function waveOfStep(steps: Steps, { cluster, verb, object }: Omit<Change, 'call'>): string | undefined {
  const ofStep = (actions: RegExp): string | undefined =>
    steps.find((step) => step[1] === cluster && actions.test(step[4] ?? ''))?.[0];
  if (/^(istioctl (un)?install|helm)/.test(verb) || object.includes('owning-resource=installed-state'))
    return ofStep(/^(istioctl-install|helm-upgrade)$/);
  if (/istio-remote-secret-/.test(object) || verb === 'istioctl create-remote-secret')
    return discoveryOf(steps, object);
  if (/^(federated)?secret[^/]*\/istio-system\/cacerts/.test(object))
    return ofStep(/^federated-cacerts$/) ?? '10-foundation';
  if (/^kubefedctl|^(patch|restart)$/.test(verb) || /kubefed|of the chart|webhook/.test(object))
    return '05-federation-control-plane';
  // The other objects are those of the chart of an engine.
  return verb === 'apply' ? '05-federation-control-plane' : undefined;
}

// A remote secret that no step makes or takes away is pruned.
function discoveryOf(steps: Steps, object: string): string | undefined {
  const id = object.split('istio-remote-secret-')[1] ?? object;
  const isPlanned = steps.some((step) => step[4]?.startsWith('remote-secret') && step.includes(id));
  return isPlanned || object.includes('reader-service-account') ? '45-discovery' : undefined;
}

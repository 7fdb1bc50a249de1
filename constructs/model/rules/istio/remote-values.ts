import { findIstioRelease } from '../../../domain/istio/releases.ts';
import { isMapping, type Mapping } from '../../../domain/json/mapping.ts';
import type { Path } from '../../../domain/json/path.ts';
import type { Finding } from '../../problems/finding.ts';
import { declaredControlPlanes, isPrimary } from '../../resolution/declared-control-planes.ts';
import { checkIstioValues } from '../../schemas/check-istio-values.ts';
import { unknownKeys } from '../../schemas/istio-chart-keys.ts';
import { istioValueOwners } from '../../schemas/istio-value-owners.ts';
import type { Evidence } from '../evidence.ts';
import { declaredChartKeys } from './value-keys.ts';
import { currentValues, type DeclaredValues } from './values-of.ts';

// With profile remote the charts write neither an istiod nor an injector: the primary's injector completes the pods of
// the remote with the values of the primary (1.31.0 manifests/charts/istio-control/istio-discovery/files/profile-remote.yaml).
function remoteValueIsRead(evidence: Evidence): readonly Finding[] {
  const keys = declaredChartKeys(evidence);
  if (keys === null) return [];
  const version = evidence.declaration.istio?.version ?? '';
  const canBeLocal = findIstioRelease(version)?.injectors.includes('local') ?? false;
  const remotes = declaredControlPlanes(evidence.declaration).filter(
    (plane) => !isPrimary(plane) && plane.injector === 'primary',
  );
  return currentValues(evidence).flatMap((declared) => {
    const remote = remotes.find(({ index }) => index === declared.cluster);
    if (remote === undefined) return [];
    const hasAnotherFinding = findingsOfOthers(declared);
    return unknownKeys(keys.remote, declared.values)
      .flatMap((path) => leavesOf(declared.values, path))
      .filter((path) => !hasAnotherFinding(path))
      .map((path) => finding(declared, path, remote.primary, canBeLocal));
  });
}

// Of `pilot` and `global` a remote reads some values, so each of the others is named.
function leavesOf(values: Mapping, path: Path): readonly Path[] {
  const below = path.reduce<unknown>((node, key) => (isMapping(node) ? node[key] : undefined), values);
  return path.length === 1 && isMapping(below) ? Object.keys(below).map((key) => [...path, key]) : [path];
}

function findingsOfOthers({ values }: DeclaredValues): (path: Path) => boolean {
  const others = [...Object.keys(istioValueOwners), ...checkIstioValues(values).map((fault) => fault.path.join('.'))];
  return (path) => path[0] === 'meshConfig' || others.some((other) => `${path.join('.')}.`.startsWith(`${other}.`));
}

function finding({ at }: DeclaredValues, path: Path, primary: string, canBeLocal: boolean): Finding {
  const ofIstiod = path[0] === 'pilot';
  return {
    path: at(path),
    isKey: true,
    got: path.at(-1),
    expected: ofIstiod
      ? `no value of an istiod here: that of ${primary} serves this cluster. A remote reads base, sidecarInjectorWebhook and a few of global`
      : `no value of the injector here: ${primary} injects the sidecars and gateways of this cluster, with its own values`,
    fix: `set it for ${primary} or for the whole mesh${canBeLocal ? ', or use injector: local' : ''}`,
  };
}

/** Rules about values of a remote. */
export const remoteValueRules = { remoteValueIsRead };

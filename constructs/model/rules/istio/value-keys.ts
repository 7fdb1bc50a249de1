import { movedValues } from '../../../domain/istio/moved-values.ts';
import type { Installer } from '../../../domain/istio/releases.ts';
import { isMapping } from '../../../domain/json/mapping.ts';
import { hasAt, type Path, valueAt } from '../../../domain/json/path.ts';
import type { Finding } from '../../problems/finding.ts';
import { checkIstioValues } from '../../schemas/check-istio-values.ts';
import { type ChartKeys, chartKeysOf, isNamed, unknownKeys, unknownKeysBelow } from '../../schemas/istio-chart-keys.ts';
import type { SchemaFinding } from '../../schemas/schema-findings.ts';
import type { Evidence } from '../evidence.ts';
import { currentValues, type DeclaredValues } from './values-of.ts';

/** The installer of a draft, which is istioctl unless it says otherwise. */
export function installerOf({ declaration: { istio } }: Evidence): Installer {
  return istio?.installer ?? 'istioctl';
}

/** The keys that the charts of the declared version know, with the declared installer. */
export function declaredChartKeys(evidence: Evidence): ChartKeys | null {
  return chartKeysOf(evidence.declaration.istio?.version ?? '', installerOf(evidence));
}

function istioValuesFitTheirSchema(evidence: Evidence): readonly Finding[] {
  const keys = declaredChartKeys(evidence);
  return currentValues(evidence).flatMap((declared) => {
    const faults = schemaFaults(declared, keys, evidence);
    const named = new Set(faults.map(({ path }) => path.join('.')));
    const others = istioctlFaults(declared, keys, evidence).filter(({ path }) => !named.has(path.join('.')));
    return [...faults, ...others];
  });
}

// The schema is that of the Sail operator. A chart has more keys: a key that is unknown to the schema may still be one of
// the chart's own, and then what is below it must be, too.
function schemaFaults({ values, at }: DeclaredValues, keys: ChartKeys | null, evidence: Evidence): readonly Finding[] {
  return checkIstioValues(values).flatMap((fault) => {
    const placed = { ...fault, path: at(fault.path) };
    if (fault.isKey !== true || keys === null || isInList(fault.path)) return [placed];
    if (chartOf(fault.path) !== null || !isNamed(keys.charts, fault.path)) return [{ ...placed, fix: adviceOn(fault) }];
    const installer = installerOf(evidence);
    if (installer === 'sail' || (keys.istioctl !== null && !isNamed(keys.istioctl, fault.path)))
      return [{ ...placed, fix: `remove it, or use installer: helm: its charts read it, but ${installer} refuses it` }];
    const below = valueAt(values, fault.path);
    return (isMapping(below) ? unknownKeysBelow(keys.charts, below, fault.path) : []).map((path) => unread(at, path));
  });
}

const isInList = (path: Path): boolean => path.some((step) => typeof step === 'number');

// Charts of their own, which nobody installs here.
const otherCharts: Readonly<Record<string, string>> = { cni: 'istio-cni', istio_cni: 'istio-cni', ztunnel: 'ztunnel' };

function chartOf(path: Path): string | null {
  const chart = path.length === 1 ? valueAt(otherCharts, path) : undefined;
  return typeof chart === 'string' ? chart : null;
}

function adviceOn({ path, fix }: SchemaFinding): string {
  const chart = chartOf(path);
  const moved = valueAt(movedValues, [path.join('.')]);
  if (moved !== undefined) return `write it as ${moved}`;
  return chart === null ? fix : `remove it: it is for the chart ${chart}, which is not installed here`;
}

// istioctl stops at a key that its own types do not have. The schema has keys of later minors.
function istioctlFaults(
  { values, at }: DeclaredValues,
  keys: ChartKeys | null,
  { declaration: { istio } }: Evidence,
): readonly Finding[] {
  const tree = keys?.istioctl ?? null;
  if (tree === null) return [];
  return unknownKeys(tree, values).map((path) => ({
    path: at(path),
    isKey: true,
    got: path.at(-1),
    expected: `a key that istioctl ${istio?.version} knows: it refuses the whole file for another one`,
    fix: 'remove it, or use a newer Istio',
  }));
}

function unread(at: DeclaredValues['at'], path: Path): Finding {
  return {
    path: at(path),
    isKey: true,
    got: path.at(-1),
    expected: 'a value that the charts base or istiod read: nobody reads this one',
    fix: 'remove it',
  };
}

// The schema also has keys of former releases and of later ones, which these charts ignore.
function istioValueIsRead(evidence: Evidence): readonly Finding[] {
  const keys = declaredChartKeys(evidence);
  if (keys === null) return [];
  return currentValues(evidence).flatMap(({ values, at }) => {
    const faults = checkIstioValues(values).map(({ path }) => path.join('.'));
    // Users' own templates may read anything.
    const hasTemplates = hasAt(values, ['sidecarInjectorWebhook', 'templates']);
    return (
      unknownKeys(keys.charts, values)
        .filter((path) => !faults.some((fault) => path.join('.').startsWith(fault)))
        .filter(([top]) => top !== 'meshConfig' && !(hasTemplates && top === 'global'))
        // istioctl itself decides by it whether there is an istiod (1.31.0 operator/pkg/render/manifest.go).
        .filter((path) => path.join('.') !== 'pilot.enabled')
        .map((path) => unread(at, path))
    );
  });
}

/** Errors about keys of values. */
export const valueKeyRules = { istioValuesFitTheirSchema };

/** Warnings about keys of values. */
export const valueKeyWarnings = { istioValueIsRead };

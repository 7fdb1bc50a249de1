import { join } from 'node:path';
import { findIstioRelease, type Installer, istioReleases, minorOf } from '../../domain/istio/releases.ts';
import { isMapping, type Mapping } from '../../domain/json/mapping.ts';
import type { Path } from '../../domain/json/path.ts';
import { packageDirectory } from '../package-directory.ts';

/** Keys, and the keys below each. An empty mapping may hold anything. */
interface KeyTree {
  readonly [key: string]: KeyTree;
}

/** What knows the keys of values in one minor of Istio. */
export interface ChartKeys {
  /** What the charts base and istiod read where an istiod runs. */
  readonly charts: KeyTree;
  /** What they read in a remote whose primary injects. */
  readonly remote: KeyTree;
  /** What istioctl accepts. Null with another installer, or if it is not known. */
  readonly istioctl: KeyTree | null;
}

type Release = Readonly<Record<'base' | 'istiod' | 'remote' | 'istioctl', KeyTree>>;

// The chart istiod copies everything below `pilot` to the top (1.31.0
// manifests/charts/istio-control/istio-discovery/templates/zzy_descope_legacy.yaml). These are for the top alone.
const onlyAtTheTop =
  /^(base|compatibilityVersion|defaultRevision|experimental|global|meshConfig|ownerName|platform|profile|revision|sidecarInjectorWebhook|telemetry)$/;

/** The keys of a version's charts, or those of the newest minor whose charts are known. */
export function chartKeysOf(version: string, installer: Installer): ChartKeys | null {
  if (findIstioRelease(version)?.dialect.name !== 'current') return null;
  // Loaded here, on first use, so that a synth without values does not pay for it.
  const { releases } = require(join(packageDirectory, 'schemas/istio-chart-keys.json')) as {
    readonly releases: Readonly<Record<string, Release>>;
  };
  const known = Object.keys(istioReleases).filter((minor) => Object.hasOwn(releases, minor));
  const release = releases[minorOf(version)] ?? releases[known.at(-1) ?? ''];
  if (release === undefined) return null;
  return {
    charts: withPilot(unite(release.base, release.istiod)),
    remote: withPilot(release.remote),
    istioctl: installer === 'istioctl' ? (releases[minorOf(version)]?.istioctl ?? null) : null,
  };
}

function unite(first: KeyTree, second: KeyTree): KeyTree {
  const both = Object.entries(second).map(([key, child]) => [key, unite(first[key] ?? {}, child)] as const);
  return { ...first, ...Object.fromEntries(both) };
}

function withPilot(tree: KeyTree): KeyTree {
  return { ...tree, pilot: Object.fromEntries(Object.entries(tree).filter(([key]) => !onlyAtTheTop.test(key))) };
}

/** Whether a list of keys names this very path. */
export function isNamed(tree: KeyTree, path: Path): boolean {
  return path.reduce<KeyTree | undefined>((node, key) => own(node, key), tree) !== undefined;
}

/** The paths of a mapping that a list of keys does not know: the first unknown key of each branch. */
export function unknownKeys(tree: KeyTree, values: Mapping, above: Path = []): readonly Path[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const node = own(tree, key);
    const path = [...above, key];
    if (node === undefined) return [path];
    return isMapping(value) && Object.keys(node).length > 0 ? unknownKeys(node, value, path) : [];
  });
}

/** The same, below a path. */
export function unknownKeysBelow(tree: KeyTree, values: Mapping, path: Path): readonly Path[] {
  const node = path.reduce<KeyTree | undefined>((one, key) => own(one, key), tree) ?? {};
  return Object.keys(node).length === 0 ? [] : unknownKeys(node, values, path);
}

function own(node: KeyTree | undefined, key: string | number): KeyTree | undefined {
  return node !== undefined && Object.hasOwn(node, key) ? node[key] : undefined;
}

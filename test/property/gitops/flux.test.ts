import { load, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { syncedExamples, syncedInstallers, synthesizeSynced } from '../../support/declarations/gitops.ts';
import { expectedUnits } from './expected-units.ts';

type Output = Readonly<Record<string, string>>;

interface Entry {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly path?: string;
    readonly releaseName?: string;
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly kubeConfig?: { readonly secretRef: { readonly name: string } };
    readonly deletionPolicy?: string;
    readonly values?: unknown;
  };
}

/** An object of Flux, with the Kustomization that applies it. Null: a user applies it. */
interface Applied extends Entry {
  readonly by: string | null;
}

// The way of the engine: the objects that a Kustomization's directory lists, and those of Kustomizations among them.
function appliedFrom(output: Output, directory: string, by: string | null): readonly Applied[] {
  const { resources } = load(output[`${directory}/kustomization.yaml`] ?? '') as {
    readonly resources: readonly string[];
  };
  const entries = resources.flatMap((file) => loadAll(output[`${directory}/${file}`] ?? '') as readonly Entry[]);
  return entries.flatMap((entry) => {
    const inner = innerDirectory(entry);
    const isOther = inner !== null && inner !== directory && inner.startsWith('flux/');
    return [{ ...entry, by }, ...(isOther ? appliedFrom(output, inner, entry.metadata.name) : [])];
  });
}

function innerDirectory({ kind, spec: { path } }: Entry): string | null {
  return kind === 'Kustomization' && path !== undefined ? path.replace(/^\.\/dist\//, '') : null;
}

const isUnit = (entry: Entry): boolean =>
  entry.kind === 'HelmRelease' || !(innerDirectory(entry) ?? 'flux').startsWith('flux');

/** What a unit reaches: a cluster, and a directory or a release there. */
function reachedBy(entry: Entry, own: string): string {
  const cluster = entry.spec.kubeConfig?.secretRef.name.replace(/-kubeconfig$/, '') ?? own;
  return `${cluster} ${entry.kind === 'HelmRelease' ? entry.spec.releaseName : innerDirectory(entry)}`;
}

const releases: Readonly<Record<string, string>> = { 'base-values.yaml': 'istio-base', 'istiod-values.yaml': 'istiod' };

function expectedOf(output: Output): readonly string[] {
  return expectedUnits(output).map(({ cluster, path }) => `${cluster} ${releases[path.split('/')[2] ?? ''] ?? path}`);
}

// An object begins after those that it depends on, and after the one that applies it has begun.
function cyclesIn(applied: readonly Applied[]): readonly string[] {
  const before = new Map(
    applied.map(({ metadata, spec, by }) => [
      metadata.name,
      [...(spec.dependsOn ?? []).map(({ name }) => name), ...(by === null ? [] : [by])],
    ]),
  );
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): readonly string[] => {
    if (way.includes(name)) return [[...way, name].join(' -> ')];
    if (done.has(name)) return [];
    done.add(name);
    return (before.get(name) ?? [`no object ${name}`]).flatMap((next) => visit(next, [...way, name]));
  };
  return [...before.keys()].flatMap((name) => visit(name, []));
}

describe.each(syncedExamples)('%s', (example) => {
  test.each(syncedInstallers)('by $installer: the Flux of the host reaches everything once, in order', (installer) => {
    const output = synthesizeSynced(example, installer, { engine: 'flux' });
    const applied = appliedFrom(output, 'flux', null);
    const units = applied.filter(isUnit);
    const host = expectedUnits(output)[0]?.cluster ?? '';
    expect(units.map((unit) => reachedBy(unit, host)).sort()).toEqual([...expectedOf(output)].sort());
    expect(cyclesIn(applied)).toEqual([]);
    expect(units.filter(({ spec, kind }) => kind === 'Kustomization' && spec.deletionPolicy !== 'Orphan')).toEqual([]);
    const names = applied.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    // The barriers are one chain, and every unit is behind the barrier of the wave before.
    const barriers = applied.filter((entry) => /^flux\/\d/.test(innerDirectory(entry) ?? ''));
    const chain = barriers.map(({ metadata }) => metadata.name);
    expect(barriers.map(({ spec }) => spec.dependsOn?.[0]?.name)).toEqual([undefined, ...chain.slice(0, -1)]);
    const ofBarrier = new Map(chain.map((name, index) => [name, chain[index - 1]]));
    for (const { kind, by, spec } of units)
      if (kind === 'Kustomization') expect(spec.dependsOn?.[0]?.name).toBe(ofBarrier.get(by ?? ''));
  });

  test.each(syncedInstallers)('by $installer: the Flux of each cluster reaches what is there', (installer) => {
    const output = synthesizeSynced(example, installer, { engine: 'flux', layout: 'per-cluster' });
    const clusters = [...new Set(Object.keys(output).flatMap((path) => path.match(/^flux\/([^/]+)\//)?.[1] ?? []))];
    const reached = clusters.flatMap((cluster) => {
      const applied = appliedFrom(output, `flux/${cluster}`, null);
      expect(cyclesIn(applied)).toEqual([]);
      return applied.filter(isUnit).map((unit) => reachedBy(unit, cluster));
    });
    expect(reached.sort()).toEqual([...expectedOf(output)].sort());
  });

  test.each(syncedInstallers)('by $installer: no text holds what Flux would replace', (installer) => {
    const output = synthesizeSynced(example, installer, { engine: 'flux' });
    const entries = Object.entries(output).filter(([path]) => path.startsWith('flux/'));
    expect(entries.filter(([, content]) => content.includes('${'))).toEqual([]);
  });
});

test('a unit asks for a new look exactly when its files change', () => {
  const [helm] = syncedInstallers;
  const output = synthesizeSynced('helm', helm, { engine: 'flux' });
  const other = synthesizeSynced('helm', { ...helm, version: '1.31.3' } as never, { engine: 'flux' });
  const requests = (files: Output): ReadonlyMap<string, string | undefined> =>
    new Map(
      appliedFrom(files, 'flux', null)
        .filter(isUnit)
        .map(({ metadata }) => [metadata.name, metadata.annotations?.['reconcile.fluxcd.io/requestedAt']]),
    );
  const changed = [...requests(output)].filter(([name, value]) => requests(other).get(name) !== value);
  expect(changed.map(([name]) => name.replace('helm-', ''))).toEqual([
    '20-control-plane-host-istio-base',
    '20-control-plane-host-istiod',
    '40-remote-member-istio-base',
    '40-remote-member-istiod',
  ]);
});

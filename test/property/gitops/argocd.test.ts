import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { groupBy } from '../../../constructs/domain/group-by.ts';
import { syncedExamples, syncedInstallers, synthesizeSynced } from '../../support/declarations/gitops.ts';
import { expectedUnits } from './expected-units.ts';

type Output = Readonly<Record<string, string>>;

interface Source {
  readonly path?: string;
  readonly helm?: { readonly valueFiles?: readonly string[] };
}

interface ApplicationSpec {
  readonly destination: { readonly name?: string };
  readonly source?: Source;
  readonly sources?: readonly Source[];
}

interface Application {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly finalizers?: unknown;
  };
  readonly spec: ApplicationSpec;
}

/** What an Application reaches, with the number by which it is ordered. */
interface Reached {
  readonly cluster: string | undefined;
  readonly path: string | undefined;
  readonly order: number;
}

// The way of the engine: the root, the kustomization of its directory, the files that this one lists.
function applicationsOf(output: Output): readonly Application[] {
  const root = load(output['argocd/root.yaml'] ?? '') as { readonly spec: { readonly source: Source } };
  const directory = (root.spec.source.path ?? '').replace(/^dist\//, '');
  const { resources } = load(output[`${directory}/kustomization.yaml`] ?? '') as {
    readonly resources: readonly string[];
  };
  return resources.map((file) => load(output[`${directory}/${file}`] ?? '') as Application);
}

function reachedBy({ destination, source, sources = [] }: ApplicationSpec, order: unknown): Reached {
  const [values] = sources.flatMap(({ helm }) => helm?.valueFiles ?? []);
  const path = source?.path ?? values?.replace('$values/', '');
  return { cluster: destination.name, path: path?.replace(/^dist\//, ''), order: Number(order) };
}

const waveOf = (path: string | undefined): number => Number.parseInt(path?.split('/')[1] ?? '', 10);

// A later unit of a cluster has a larger number, and every number belongs to the wave of its directory.
function isInOrder(reached: readonly Reached[]): boolean {
  const ofClusters = [...groupBy(reached, ({ cluster }) => cluster).values()];
  return (
    ofClusters.every((own) => own.every(({ order }, at) => at === 0 || order > (own[at - 1]?.order ?? 0))) &&
    reached.every(({ order, path }) => Math.floor(order / 10) === waveOf(path))
  );
}

describe.each(syncedExamples)('%s', (example) => {
  test.each(syncedInstallers)('by $installer: the Applications reach everything once, in order', (installer) => {
    const output = synthesizeSynced(example, installer, { engine: 'argocd' });
    const applications = applicationsOf(output).filter(({ kind }) => kind === 'Application');
    const reached = applications.map(({ spec, metadata }) =>
      reachedBy(spec, metadata.annotations['argocd.argoproj.io/sync-wave']),
    );
    expect(reached.map(({ cluster, path }) => ({ cluster, path }))).toEqual(
      expectedUnits(output).map(({ cluster, path }) => ({ cluster, path })),
    );
    expect(isInOrder(reached)).toBe(true);
    expect(applications.filter(({ metadata }) => metadata.finalizers !== undefined)).toEqual([]);
  });

  test.each(syncedInstallers)('by $installer: so does the ApplicationSet', (installer) => {
    const output = synthesizeSynced(example, installer, { engine: 'argocd', applicationSet: true });
    const [set] = applicationsOf(output).filter(
      ({ kind }) => kind === 'ApplicationSet',
    ) as unknown as readonly ApplicationSet[];
    const elements = set?.spec.generators[0]?.list.elements ?? [];
    const reached = elements.map(({ spec, labels }) => reachedBy(spec, labels['mesh-federation.io/order']));
    expect(reached.map(({ cluster, path }) => ({ cluster, path }))).toEqual(
      expectedUnits(output).map(({ cluster, path }) => ({ cluster, path })),
    );
    const steps =
      set?.spec.strategy.rollingSync.steps.map(({ matchExpressions: [one] }) => Number(one?.values[0])) ?? [];
    expect(steps).toEqual([...new Set(reached.map(({ order }) => order))].sort((a, b) => a - b));
  });
});

interface ApplicationSet {
  readonly spec: {
    readonly generators: readonly {
      readonly list: {
        readonly elements: readonly {
          readonly spec: ApplicationSpec;
          readonly labels: Readonly<Record<string, string>>;
        }[];
      };
    }[];
    readonly strategy: {
      readonly rollingSync: {
        readonly steps: readonly { readonly matchExpressions: readonly { readonly values: readonly string[] }[] }[];
      };
    };
  };
}

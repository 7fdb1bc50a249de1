import { expect, test } from 'vitest';
import { renderKustomizations } from '../../../constructs/delivery/kustomizations.ts';
import { renderPlanTable } from '../../../constructs/delivery/tables/plan-table.ts';
import type { Federation } from '../../../constructs/model/federation.ts';

test('a table refuses a value that would break its rows', () => {
  const target = { name: 'host', kubeContext: 'a\tb', uid: null };
  const step = {
    wave: 'verify',
    target,
    action: 'verify',
    gate: null,
    engine: null,
    needs: [],
    brings: [],
    undo: null,
  } as const;
  expect(() => renderPlanTable([step])).toThrow(/tab or a line end/);
});

test('a kustomization lists the applied files in the order of the plan', () => {
  const federation = { declaration: 'federation.yaml', engine: { api: null } } as Federation;
  const file = { target: 'host', wave: 'federation', cause: 'workloads', content: '', objects: [] } as const;
  const [kustomization, ...others] = renderKustomizations(federation, [
    { ...file, path: 'host/60-federation/namespaces.yaml', isApplied: true },
    { ...file, path: 'host/60-federation/a.yaml', isApplied: true },
    { ...file, path: 'host/60-federation/istiod.yaml', isApplied: false },
  ]);
  expect(others).toEqual([]);
  expect(kustomization?.content.split('\n').slice(3)).toEqual(['resources:', '  - namespaces.yaml', '  - a.yaml', '']);
});

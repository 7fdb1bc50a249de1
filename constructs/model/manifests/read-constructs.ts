import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { dump } from 'js-yaml';
import type { Draft } from '../declaration/check-shape.ts';
import type { Declaration } from '../declaration/declaration.ts';
import { parseYaml } from '../documents/yaml-source.ts';
import { type ManifestRead, toOutcome } from './read-manifests.ts';

/**
 * Workloads written in TypeScript, by their name in the declaration. Each function defines its objects in the scope
 * that it gets: constructs of cdk8s-plus-25, imported types or plain ApiObjects.
 *
 * If a construct does not set a name, the name comes from its id, without a hash, since other clusters refer to it.
 */
export type WorkloadConstructs = Readonly<Record<string, (scope: Construct) => void>>;

/** Reads the objects of constructs as if they stood in a file, so that every rule judges them like a file. */
export function readConstructs(
  declaration: Draft<Declaration>,
  constructs: WorkloadConstructs,
): readonly ManifestRead[] {
  return (declaration.workloads ?? []).flatMap((workload, index) => {
    const define =
      workload?.name !== undefined && Object.hasOwn(constructs, workload.name) ? constructs[workload.name] : undefined;
    if (define === undefined || workload?.name === undefined) return [];
    const file = `constructs of ${workload.name}`;
    const text = objectsOf(workload.name, define).map((object) => dump(object, { lineWidth: -1, noRefs: true }));
    const outcome = toOutcome(parseYaml(file, text.join('---\n')));
    return [{ workload: index, entry: 'constructs' as const, declared: file, outcome }];
  });
}

function objectsOf(name: string, define: (scope: Construct) => void): readonly unknown[] {
  const app = new App({ recordConstructMetadata: false });
  const chart = new Chart(app, name, { disableResourceNameHashes: true });
  define(chart);
  return chart.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson() as unknown);
}

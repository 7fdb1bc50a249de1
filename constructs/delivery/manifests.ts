import { ApiObject, type Chart } from 'cdk8s';
import type { DefinedFile } from '../charts/define.ts';
import { groupOf } from '../domain/kubernetes/kinds.ts';
import { causeOf } from '../parts/cause.ts';
import type { ObjectComponent } from '../plan/component.ts';
import { waves } from '../plan/waves.ts';
import type { ObjectIdentity, TargetFile } from './output-file.ts';
import { generatedFrom, renderYaml } from './yaml.ts';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

// Not App.synth: it validates the whole app once per chart, and its emitter writes the string 0o17 as a number
// (docs/decisions/0002-own-writer.md).
function apiObjectsOf(chart: Chart): readonly ApiObject[] {
  return chart.node.findAll().filter((construct) => construct instanceof ApiObject);
}

/** Renders every chart to its file of objects. */
export function renderManifests(declaration: string, defined: readonly DefinedFile[]): readonly TargetFile[] {
  return defined.map(({ file: { target, wave, name, cause, component }, chart }) => {
    const objects = apiObjectsOf(chart).map((object) => ({
      cause: causeOf(object),
      manifest: object.toJson() as Manifest,
    }));
    const documents = objects.map(({ manifest }) => manifest);
    return {
      target,
      wave,
      cause,
      path: `${target}/${waves[wave].directory}/${name}.yaml`,
      content: renderYaml([generatedFrom(declaration, cause), ...notesOf(component)], documents),
      objects: objects.map((object) => ({ ...identify(object.manifest), cause: object.cause })),
      isApplied: component.kind !== 'istioOperator',
    };
  });
}

const notesOf = (component: ObjectComponent): readonly string[] => ('notes' in component ? component.notes : []);

function identify({ apiVersion, kind, metadata }: Manifest): ObjectIdentity {
  return { group: groupOf(apiVersion), kind, namespace: metadata.namespace ?? null, name: metadata.name };
}

import { isMapping, type Mapping } from '../../../domain/json/mapping.ts';
import { type Path, valueAt } from '../../../domain/json/path.ts';
import { isDefinition, readCustomKind } from '../../../domain/kubernetes/custom-kinds.ts';
import { isBuiltInGroup } from '../../../domain/kubernetes/kinds.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { findKeywordFaults } from '../../schemas/structural-schema.ts';
import type { Evidence } from '../evidence.ts';
import { overridesOf, targetOf } from '../overrides/overrides.ts';
import { findKindFault } from './built-in-kinds.ts';
import { forObjects } from './for-objects.ts';

// All its kinds are of the whole cluster (sail-operator 328df99dc9fc, chart/crds).
const sailGroup = 'sailoperator.io';

// The scope of the kind must be known, and an engine may need the definition of the kind.
function manifestKindIsKnown(evidence: Evidence): readonly Finding[] {
  const known = new Set(evidence.customKinds.map(({ group, kind }) => `${group}/${kind}`));
  const needsDefinition = evidence.engine?.facts.needsDefinitions ?? false;
  return forObjects(evidence, (manifest, delivery) => {
    const { group, kind, namespace } = manifest;
    if (findKindFault(evidence, manifest) !== null) return null;
    if (isBuiltInGroup(group) || manifest.configuresTheMesh || known.has(`${group}/${kind}`)) return null;
    if (group === sailGroup)
      return {
        at: ['apiVersion'],
        got: new Described(`${kind} of ${group}`),
        expected:
          'no object of the Sail operator: it has no namespace, and installs a part of Istio that no step waits for',
        fix: 'apply it yourself, or remove it; istio.installer: sail writes the Istio object',
      };
    const isForTheEngine = delivery === 'federated' && needsDefinition;
    if (namespace !== null && !isForTheEngine) return null;
    return {
      at: ['apiVersion'],
      got: new Described(`${kind} of ${group}`),
      expected: 'a kind of Kubernetes, of Istio or of a CustomResourceDefinition in the manifests',
      fix: isForTheEngine
        ? 'add its CustomResourceDefinition to the manifests, or use delivery: direct'
        : 'add its CustomResourceDefinition to the manifests, or write the namespace of the object',
    };
  });
}

function definitionIsReadable(evidence: Evidence): readonly Finding[] {
  return forObjects(evidence, (manifest) => {
    const read = isDefinition(manifest) ? readCustomKind(manifest.object) : null;
    if (read === null || !('path' in read)) return null;
    return {
      at: read.path,
      got: new Described(`CustomResourceDefinition/${manifest.name}`),
      expected: `a complete CustomResourceDefinition of apiextensions.k8s.io/v1: ${read.path.join('.')} is missing or invalid`,
      fix: 'write group, names.kind, names.plural, scope, and one version that is served and stored',
    };
  });
}

function definitionSchemaIsStructural({ manifests }: Evidence): readonly Finding[] {
  return manifests.filter(isDefinition).flatMap(({ workload, entry, raw, name, object }) =>
    schemasOf(object).flatMap(({ schema, path }) =>
      findKeywordFaults(schema).map((fault) => ({
        path: ['workloads', workload, 'manifests', entry],
        at: raw.document.locateKey([...raw.path, ...path, ...fault.path]),
        got: fault.keyword,
        expected: `${fault.expected} in CustomResourceDefinition/${name}: a server refuses the definition`,
        fix: 'correct it, or remove it',
      })),
    ),
  );
}

function schemasOf(definition: Mapping): readonly { readonly schema: Mapping; readonly path: Path }[] {
  const versions = valueAt(definition, ['spec', 'versions']);
  return (Array.isArray(versions) ? versions : []).flatMap((version, index) => {
    const schema = valueAt(version, ['schema', 'openAPIV3Schema']);
    return isMapping(schema) ? [{ schema, path: ['spec', 'versions', index, 'schema', 'openAPIV3Schema'] }] : [];
  });
}

// A definition goes to every cluster unchanged. Differences between clusters belong in its objects.
function definitionIsTheSameEverywhere(evidence: Evidence): readonly Finding[] {
  return overridesOf(evidence).flatMap((override) => {
    const target = targetOf(evidence, override);
    if (target === undefined || !isDefinition(target)) return [];
    return [
      {
        path: [...override.path, 'resource'],
        got: override.entry.resource,
        expected: 'no override of a CustomResourceDefinition: it is the same in every cluster',
        fix: 'remove the override',
      },
    ];
  });
}

/** Rules about the kinds of the objects of workloads. */
export const manifestKindRules = {
  manifestKindIsKnown,
  definitionIsReadable,
  definitionSchemaIsStructural,
  definitionIsTheSameEverywhere,
};

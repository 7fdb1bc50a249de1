import { isScalar } from 'yaml';
import type { Path } from '../../../domain/json/path.ts';
import { findKeyMaterial } from '../../../domain/kubernetes/key-material.ts';
import { isReadDifferently } from '../../documents/yaml-places.ts';
import type { YamlDocument } from '../../documents/yaml-source.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import { type Finding, renderPath } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { makeCustomCheck } from '../../schemas/custom-schema.ts';
import { type KubernetesCheck, makeKubernetesCheck } from '../../schemas/kubernetes-schema.ts';
import type { SchemaFinding } from '../../schemas/schema-findings.ts';
import type { Evidence } from '../evidence.ts';
import { resourceOf } from '../overrides/overrides.ts';

/** Whether a value has the wrong type only because YAML readers disagree about it. Another rule reports that. */
export function isAmbiguousAt(document: YamlDocument, path: Path): boolean {
  const node = document.nodeAt(path);
  return isScalar(node) && isReadDifferently(node);
}

/** The text of a mistake, with its path in the object. The value of a secret must not reach a log. */
export function describeIn(
  manifest: Manifest,
  object: unknown,
  { path, got, expected, fix, isKey }: SchemaFinding,
): Pick<Finding, 'got' | 'expected' | 'fix'> {
  const place = isKey ? path.slice(0, -1) : path;
  const where = `${place.length === 0 ? '' : `${renderPath(place, object)} of `}${resourceOf(manifest)}`;
  const secret = findKeyMaterial(JSON.stringify(got ?? null));
  return { got: secret === null ? got : new Described(secret), expected: `${expected} in ${where}`, fix };
}

/** Checks an object against the schema of its kind, built-in or from a CustomResourceDefinition. */
export function makeObjectCheck({ customKinds }: Evidence): KubernetesCheck {
  const checks = [makeKubernetesCheck(), makeCustomCheck(customKinds)];
  return (object) => checks.flatMap((check) => check(object));
}

function manifestFitsItsSchema(evidence: Evidence): readonly Finding[] {
  const { manifests } = evidence;
  if (manifests.length === 0) return [];
  const check = makeObjectCheck(evidence);
  return manifests.flatMap((manifest) => {
    const { document, path } = manifest.raw;
    return check(manifest.object)
      .map((finding) => ({ finding, place: [...path, ...finding.path] }))
      .filter(({ place }) => !isAmbiguousAt(document, place))
      .map(({ finding, place }) => ({
        path: ['workloads', manifest.workload, 'manifests', manifest.entry],
        at: finding.isKey ? document.locateKey(place) : document.locate(place),
        ...describeIn(manifest, manifest.object, finding),
      }));
  });
}

/** Rules about the schemas of the objects of workloads. */
export const manifestSchemaRules = { manifestFitsItsSchema };

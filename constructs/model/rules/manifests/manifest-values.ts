import { hasAt, type Path } from '../../../domain/json/path.ts';
import { findKeyMaterial } from '../../../domain/kubernetes/key-material.ts';
import { findSecretData } from '../../../domain/kubernetes/secret-data.ts';
import { findHidden, findLostKey, findTag } from '../../documents/yaml-notation.ts';
import { isReadDifferently, type Place, unambiguous } from '../../documents/yaml-places.ts';
import type { YamlDocument } from '../../documents/yaml-source.ts';
import type { Manifest } from '../../manifests/manifest.ts';
import type { ManifestRead } from '../../manifests/read-manifests.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { type Evidence, wordsOf } from '../evidence.ts';
import { resourceOf } from '../overrides/overrides.ts';

// Each document as a whole, so that nothing of a List escapes, wherever its items stand.
function documentsOf({ outcome }: ManifestRead): readonly YamlDocument[] {
  return outcome.kind === 'read' ? [...new Set(outcome.manifests.map(({ document }) => document))] : [];
}

/** Findings for every place in every manifest to which `judge` objects. */
function forPlaces(
  { reads }: Evidence,
  judge: (place: Place) => Pick<Finding, 'got' | 'expected' | 'fix'> | null,
): readonly Finding[] {
  return reads.flatMap((read) =>
    documentsOf(read).flatMap((document) =>
      document.placesAt([]).flatMap((place) => {
        const finding = judge(place);
        if (finding === null) return [];
        const path = ['workloads', read.workload, 'manifests', read.entry];
        return [{ path, at: document.locateNode(place.node), ...finding }];
      }),
    ),
  );
}

const manifestHasNoTags = (evidence: Evidence): readonly Finding[] => forPlaces(evidence, findTag);

const manifestScalarIsUnambiguous = (evidence: Evidence): readonly Finding[] =>
  forPlaces(evidence, ({ scalar }) =>
    scalar !== null && isReadDifferently(scalar) ? { got: scalar.source, ...unambiguous } : null,
  );

/** The expected form of a manifest with a Secret, and of an override with one. */
export const noSecret = {
  expected: 'no Secret: the output is committed and reviewed',
  fix: 'create it in each cluster by other means, and refer to it by name',
};

function isExact(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

const manifestNumberIsExact = (evidence: Evidence): readonly Finding[] =>
  forPlaces(evidence, ({ scalar }) =>
    typeof scalar?.value === 'number' && !isExact(scalar.value)
      ? {
          got: new Described(scalar.source ?? ''),
          expected: `a finite number of at most 2^53 - 1: beyond it ${wordsOf(evidence).largeNumber}`,
          fix: 'quote it if it is a string, or choose a smaller number',
        }
      : null,
  );

const manifestKeyIsPlainData = (evidence: Evidence): readonly Finding[] => forPlaces(evidence, findLostKey);

const manifestTextIsVisible = (evidence: Evidence): readonly Finding[] => forPlaces(evidence, findHidden);

const manifestHoldsNoKeyMaterial = (evidence: Evidence): readonly Finding[] =>
  forPlaces(evidence, ({ scalar }) => {
    const secret = typeof scalar?.value === 'string' ? findKeyMaterial(scalar.value) : null;
    if (secret === null) return null;
    // The value itself must not reach a log.
    const got = new Described(secret);
    return { got, expected: 'no secret: the output is committed and reviewed', fix: 'refer to a Secret by name' };
  });

// A Secret of Kubernetes even without data: somebody would add it.
function secretsIn({ group, kind, object }: Manifest): readonly Path[] {
  return group === '' && kind === 'Secret' ? [[]] : findSecretData(object);
}

function manifestHoldsNoSecretData({ manifests }: Evidence): readonly Finding[] {
  return manifests.flatMap((manifest) => {
    const { workload, entry, raw, object } = manifest;
    return secretsIn(manifest).map((path) => ({
      path: ['workloads', workload, 'manifests', entry],
      at: raw.document.locate([...raw.path, ...path, ...(hasAt(object, [...path, 'kind']) ? ['kind'] : [])]),
      got: new Described(path.length === 0 ? resourceOf(manifest) : `a Secret inside ${resourceOf(manifest)}`),
      ...noSecret,
    }));
  });
}

/** Rules about the values inside manifests. */
export const manifestValueRules = {
  manifestHasNoTags,
  manifestScalarIsUnambiguous,
  manifestNumberIsExact,
  manifestKeyIsPlainData,
  manifestTextIsVisible,
  manifestHoldsNoKeyMaterial,
  manifestHoldsNoSecretData,
};

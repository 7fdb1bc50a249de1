import { unsafeKeys } from '../../../domain/json/mapping.ts';
import { findKeyMaterial } from '../../../domain/kubernetes/key-material.ts';
import { isReadDifferently, type Place, unambiguous } from '../../documents/yaml-places.ts';
import type { Finding } from '../../problems/finding.ts';
import { Described } from '../../problems/printable.ts';
import { clustersOf, type Evidence } from '../evidence.ts';

/** Findings for every place in the user's own chart values to which `judge` objects. */
function forPlaces(
  evidence: Evidence,
  judge: (place: Place) => Pick<Finding, 'got' | 'expected' | 'fix'> | null,
): readonly Finding[] {
  const paths = [
    ['istio', 'values'],
    ...clustersOf(evidence).map(({ index }) => ['clusters', index, 'istio', 'values']),
  ];
  return paths.flatMap((path) =>
    evidence.document.placesAt(path).flatMap((place) => {
      const finding = judge(place);
      return finding === null ? [] : [{ path, at: evidence.document.locateNode(place.node), ...finding }];
    }),
  );
}

const istioValueIsUnambiguous = (evidence: Evidence): readonly Finding[] =>
  forPlaces(evidence, ({ scalar }) =>
    scalar !== null && isReadDifferently(scalar) ? { got: scalar.source, ...unambiguous } : null,
  );

const istioValueKeyIsPlainData = (evidence: Evidence): readonly Finding[] =>
  forPlaces(evidence, ({ scalar, isKey }) =>
    isKey && unsafeKeys.has(String(scalar?.value))
      ? { got: scalar?.value, expected: `a key other than ${[...unsafeKeys].join(' and ')}`, fix: 'rename the key' }
      : null,
  );

const istioValueHoldsNoKeyMaterial = (evidence: Evidence): readonly Finding[] =>
  forPlaces(evidence, ({ scalar }) => {
    const secret = typeof scalar?.value === 'string' ? findKeyMaterial(scalar.value) : null;
    if (secret === null) return null;
    // The value itself must not reach a log.
    const got = new Described(secret);
    return { got, expected: 'no secret: the output is committed and reviewed', fix: 'refer to a Secret by name' };
  });

/** Rules about the strings inside the user's own chart values. */
export const istioValueTextRules = {
  istioValueIsUnambiguous,
  istioValueKeyIsPlainData,
  istioValueHoldsNoKeyMaterial,
};

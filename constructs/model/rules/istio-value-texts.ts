import { findKeyMaterial } from '../../domain/kubernetes/key-material.ts';
import type { Finding } from '../finding.ts';
import { Described } from '../problems/printable.ts';
import { clustersOf, type Subject } from '../subject.ts';
import { isReadDifferently, type Place, placesIn, unambiguous, unsafeKeys } from '../yaml-places.ts';

/** Findings for every place of the user's own chart values that `judge` objects to. */
function forPlaces(
  subject: Subject,
  judge: (place: Place) => Pick<Finding, 'got' | 'expected' | 'fix'> | null,
): readonly Finding[] {
  const paths = [
    ['istio', 'values'],
    ...clustersOf(subject).map(({ index }) => ['clusters', index, 'istio', 'values']),
  ];
  return paths.flatMap((path) =>
    placesIn(subject.document.nodes.getIn(path, true)).flatMap((place) => {
      const fault = judge(place);
      return fault === null ? [] : [{ path, at: subject.document.locateNode(place.node), ...fault }];
    }),
  );
}

const istioValueIsUnambiguous = (subject: Subject): readonly Finding[] =>
  forPlaces(subject, ({ scalar }) =>
    scalar !== null && isReadDifferently(scalar) ? { got: scalar.source, ...unambiguous } : null,
  );

const istioValueKeyIsPlainData = (subject: Subject): readonly Finding[] =>
  forPlaces(subject, ({ scalar, isKey }) =>
    isKey && unsafeKeys.has(String(scalar?.value))
      ? { got: scalar?.value, expected: `a key other than ${[...unsafeKeys].join(' and ')}`, fix: 'rename the key' }
      : null,
  );

const istioValueHoldsNoKeyMaterial = (subject: Subject): readonly Finding[] =>
  forPlaces(subject, ({ scalar }) => {
    const secret = typeof scalar?.value === 'string' ? findKeyMaterial(scalar.value) : null;
    if (secret === null) return null;
    // The value itself must not reach a log.
    const got = new Described(secret);
    return { got, expected: 'no secret: the output is committed and reviewed', fix: 'refer to a Secret by name' };
  });

/** Rules about the texts inside the user's own chart values. */
export const istioValueTextRules = {
  istioValueIsUnambiguous,
  istioValueKeyIsPlainData,
  istioValueHoldsNoKeyMaterial,
};

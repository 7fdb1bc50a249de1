import { hasAt } from '../../domain/json/path.ts';
import { findHidden, findLostKey, findTag, type NotationFault } from '../documents/yaml-notation.ts';
import { type Place, pathOf } from '../documents/yaml-places.ts';
import type { Finding } from '../problems/finding.ts';
import { clustersOf, type Evidence } from './evidence.ts';

/** So many mistakes of one kind are reported: whoever made them sees the kind. */
const mostFindings = 100;

/** Findings for the places in the declaration to which `judge` objects. */
function forPlaces({ document }: Evidence, judge: (place: Place) => NotationFault | null): readonly Finding[] {
  const found = document.placesAt([]).flatMap((place) => {
    const fault = judge(place);
    return fault === null ? [] : [{ place, fault }];
  });
  return found
    .slice(0, mostFindings)
    .map(({ place, fault }) => ({ path: pathOf(place), at: document.locateNode(place.node), ...fault }));
}

const declarationHasNoTags = (evidence: Evidence): readonly Finding[] => forPlaces(evidence, findTag);

// A misshapen name is cut out of the draft, and its own rule reports it.
const declarationTextIsVisible = (evidence: Evidence): readonly Finding[] =>
  forPlaces(evidence, findHidden).filter(({ path }) => hasAt(evidence.declaration, path));

// A rule of their own is about the values of Istio's charts.
function declarationKeyIsPlainData(evidence: Evidence): readonly Finding[] {
  const { document } = evidence;
  const ofClusters = clustersOf(evidence).flatMap(({ index }) =>
    document.placesAt(['clusters', index, 'istio', 'values']),
  );
  const ofValues = new Set([...document.placesAt(['istio', 'values']), ...ofClusters].map(({ node }) => node));
  return forPlaces(evidence, (place) => (ofValues.has(place.node) ? null : findLostKey(place)));
}

/** Rules about the way in which the values of the declaration are written. */
export const declarationNotationRules = {
  declarationHasNoTags,
  declarationTextIsVisible,
  declarationKeyIsPlainData,
};

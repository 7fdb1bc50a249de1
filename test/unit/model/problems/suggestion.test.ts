import { describe, expect, test } from 'vitest';
import { didYouMean, nearest } from '../../../../constructs/model/problems/suggestion.ts';

describe('suggestions', () => {
  test('name the nearest candidate, if it is near', () => {
    expect(nearest('netwrok', ['name', 'network'])).toBe('network');
    expect(nearest('Member', ['host', 'member'])).toBe('member');
    expect(nearest('colour', ['name', 'network'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
  });

  test('match the first word of a candidate with several words', () => {
    expect(nearest('federaed', ['existing', 'federated-secret'])).toBe('federated-secret');
    expect(nearest('fed', ['existing', 'federated-secret'])).toBeNull();
    expect(nearest('gateways', ['gatewayClasses'])).toBeNull();
  });

  test('fall back to the advice', () => {
    expect(didYouMean('membre', ['member'], 'no')).toBe('did you mean "member"?');
    expect(didYouMean(7, ['member'], 'no')).toBe('no');
  });
});

import { describe, expect, test } from 'vitest';
import {
  labelsForDiscovery,
  labelsOfNamespace,
  type NamespaceSelector,
  selectorOperators,
} from '../../../../constructs/domain/istio/discovery-selectors.ts';

const own = [labelsOfNamespace('istio-system', { network: 'a' }), labelsOfNamespace('istio-system', { network: 'b' })];
const expression = (operator: string, values?: readonly string[], key = 'team') => ({
  matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
});

describe('the labels of a namespace that istiod should discover', () => {
  test.each<[string, readonly NamespaceSelector[], Readonly<Record<string, string>>]>([
    ['no selector', [], {}],
    ['an empty selector', [{}], {}],
    ['a name that every object inherits', [{ matchLabels: { toString: 'b' } }], { toString: 'b' }],
    ['labels', [{ matchLabels: { a: 'b', c: 'd' } }], { a: 'b', c: 'd' }],
    ['the name', [{ matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } }], {}],
    ['In', [expression('In', ['x', 'y'])], { team: 'x' }],
    ['Exists', [expression('Exists')], { team: 'enabled' }],
    ['NotIn', [expression('NotIn', ['x'])], {}],
    ['DoesNotExist', [expression('DoesNotExist')], {}],
    ['one selector per cluster', [{ matchLabels: { network: 'a' } }, { matchLabels: { network: 'b' } }], {}],
    ['a later one, which matches already', [{ matchLabels: { a: 'b' } }, {}], {}],
    [
      'a later one, if the first cannot match',
      [{ matchLabels: { network: 'a' } }, expression('Exists')],
      { team: 'enabled' },
    ],
    [
      'several requirements of one label',
      [
        {
          matchExpressions: [
            { key: 'a', operator: 'In', values: ['x', 'y'] },
            { key: 'a', operator: 'NotIn', values: ['x'] },
          ],
        },
      ],
      { a: 'y' },
    ],
  ])('%s', (_, selectors, labels) => {
    expect(labelsForDiscovery(selectors, own)).toEqual(labels);
  });

  test.each<[string, NamespaceSelector]>([
    ['a label that is different in another cluster', { matchLabels: { network: 'a' } }],
    ['another name', { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }],
    ['a label that decides who injects', { matchLabels: { 'istio-injection': 'enabled' } }],
    ['a label of Istio', { matchLabels: { 'istio.io/rev': 'canary' } }],
    ['a label that exists but should not', expression('DoesNotExist', undefined, 'network')],
    ['a contradiction', { matchLabels: { team: 'x' }, ...expression('DoesNotExist') }],
    ['two values of one label', { matchLabels: { team: 'x' }, ...expression('In', ['y']) }],
  ])('do not exist for %s', (_, selector) => {
    expect(labelsForDiscovery([selector], own)).toBeNull();
  });

  test('know the operators of Kubernetes', () => {
    expect(selectorOperators).toEqual(['In', 'NotIn', 'Exists', 'DoesNotExist']);
  });
});

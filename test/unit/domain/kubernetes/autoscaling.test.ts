import { expect, test } from 'vitest';
import { scaleTargetOf } from '../../../../constructs/domain/kubernetes/autoscaling.ts';

test('an autoscaler names the object that it scales', () => {
  const spec = { scaleTargetRef: { kind: 'Deployment', name: 'web' } };
  expect(scaleTargetOf({ kind: 'HorizontalPodAutoscaler', spec })).toBe('Deployment/web');
  expect(scaleTargetOf({ kind: 'Deployment', spec })).toBeNull();
  expect(scaleTargetOf({ kind: 'HorizontalPodAutoscaler', spec: {} })).toBeNull();
});

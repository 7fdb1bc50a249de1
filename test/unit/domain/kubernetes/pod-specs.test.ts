import { expect, test } from 'vitest';
import { changePodSpec, podLabelsOf } from '../../../../constructs/domain/kubernetes/pod-specs.ts';

const mark = (podSpec: object): object => ({ ...podSpec, marked: true });
const change = (object: object): object =>
  changePodSpec(object as Record<string, unknown>, (spec) => mark(spec) as typeof spec);

test.each([
  [
    { kind: 'Pod', spec: {} },
    { kind: 'Pod', spec: { marked: true } },
  ],
  [
    { kind: 'Deployment', spec: { template: { spec: {} } } },
    { kind: 'Deployment', spec: { template: { spec: { marked: true } } } },
  ],
  [
    { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: {} } } } } },
    { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { marked: true } } } } } },
  ],
])('the pod spec of %j is found', (object, changed) => {
  expect(change(object)).toEqual(changed);
});

test('an object without pods, or without a change, is returned itself', () => {
  const service = { kind: 'Service', spec: {} };
  const pod = { kind: 'Pod', spec: {} };
  expect(change(service)).toBe(service);
  expect(changePodSpec(pod, (spec) => spec)).toBe(pod);
});

test('the labels of the pods that an object makes', () => {
  const labels = { app: 'web' };
  const template = { metadata: { labels } };
  expect(podLabelsOf({ kind: 'Pod', metadata: { labels } })).toEqual(labels);
  expect(podLabelsOf({ kind: 'StatefulSet', spec: { replicas: 0, template } })).toEqual(labels);
  expect(podLabelsOf({ kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } })).toEqual(labels);
  expect(podLabelsOf({ kind: 'Deployment', spec: {} })).toEqual({});
  expect(podLabelsOf({ kind: 'ConfigMap' })).toBeNull();
});

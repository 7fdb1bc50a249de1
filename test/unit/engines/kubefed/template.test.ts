import { expect, test } from 'vitest';
import { toTemplate } from '../../../../constructs/engines/kubefed/domain/template.ts';

const object = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'b' },
  data: { k: '1' },
  status: {},
};

test('a template keeps only the labels of its metadata, and no status', () => {
  expect(toTemplate(object)).toEqual({ data: { k: '1' } });
  const labels = { app: 'a' };
  const metadata = { ...object.metadata, labels, annotations: { x: 'y' } };
  expect(toTemplate({ ...object, metadata })).toEqual({ metadata: { labels }, data: { k: '1' } });
});

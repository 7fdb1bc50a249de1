import { expect, test } from 'vitest';
import {
  assumedSailVersions,
  newestSailVersion,
  sailVersions,
} from '../../../../constructs/domain/istio/sail-versions.ts';
import { readCrdSchemas } from '../../../support/schemas/crds.ts';

test('the versions are the releases that the CRD accepts, newest first; we added the assumed ones to it ourselves', () => {
  const schema = readCrdSchemas().get('sailoperator.io/v1/Istio')?.[0]?.schema;
  const accepted = schema?.properties?.spec?.properties?.version?.enum as readonly string[];
  const releases = accepted.filter((version) => /^v\d+\.\d+\.\d+$/.test(version)).map((version) => version.slice(1));
  expect(sailVersions).toEqual([...releases].sort((a, b) => b.localeCompare(a, 'en', { numeric: true })));
  expect(assumedSailVersions).toHaveLength(12);
});

test('the newest version is that of a known minor, or else the newest of all', () => {
  expect(newestSailVersion('1.29')).toBe('1.29.10');
  expect(newestSailVersion('1.3')).toBe('1.31.3');
  expect(newestSailVersion('1.32')).toBe('1.31.3');
});

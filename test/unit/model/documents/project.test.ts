import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadFederation, ProblemsError } from '../../../../constructs/index.ts';
import { declare, webDeployment } from '../../../support/mistakes.ts';
import { makeProject } from '../../../support/project.ts';

/** The problems, or the file of a declaration and the number of its objects. */
function outcomeOf(declaration: string): unknown {
  try {
    const { federation } = loadFederation(declaration);
    return [federation.declaration, federation.workloads.flatMap(({ objects }) => objects).length];
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.problems.map(({ rule, expected, fix }) => ({ rule, expected, fix }));
  }
}

const naming = (manifest: string): string => declare({}).replace('[web.yaml]', JSON.stringify([manifest]));

describe('without a cdk8s.yaml', () => {
  function makeFolder(files: Readonly<Record<string, string>>): string {
    const directory = makeProject(files);
    rmSync(join(directory, 'cdk8s.yaml'));
    return directory;
  }

  test('the project is the directory of the declaration', () => {
    const folder = makeFolder({ 'clusters/federation.yaml': declare({}), 'clusters/web.yaml': webDeployment });
    expect(outcomeOf(join(folder, 'clusters/federation.yaml'))).toEqual(['federation.yaml', 1]);
  });

  test('a manifest above it is told why, and what to do', () => {
    const folder = makeFolder({ 'clusters/federation.yaml': naming('../web.yaml'), 'web.yaml': webDeployment });
    expect(outcomeOf(join(folder, 'clusters/federation.yaml'))).toEqual([
      {
        rule: 'manifest-file-is-in-the-project',
        expected:
          'a path inside the project: the directory of the declaration, since no directory above has a cdk8s.yaml',
        fix: 'copy the file into the project, or create a cdk8s.yaml in a directory above both',
      },
    ]);
    writeFileSync(join(folder, 'cdk8s.yaml'), '');
    expect(outcomeOf(join(folder, 'clusters/federation.yaml'))).toEqual(['clusters/federation.yaml', 1]);
  });
});

describe('in a repository with several projects', () => {
  const files = {
    'web.yaml': webDeployment,
    'one/cdk8s.yaml': '',
    'one/web.yaml': webDeployment,
    'one/deep/federation.yaml': naming('../web.yaml'),
    'one/deep/outer.yaml': naming('../../web.yaml'),
    'two/federation.yaml': naming('../web.yaml'),
  };

  test('the nearest cdk8s.yaml above the declaration counts', () => {
    const folder = makeProject(files);
    expect(outcomeOf(join(folder, 'one/deep/federation.yaml'))).toEqual(['deep/federation.yaml', 1]);
    expect(outcomeOf(join(folder, 'two/federation.yaml'))).toEqual(['two/federation.yaml', 1]);
    expect(outcomeOf(join(folder, 'one/deep/outer.yaml'))).toEqual([
      {
        rule: 'manifest-file-is-in-the-project',
        expected: 'a path inside the project: .. of the declaration, the nearest directory with a cdk8s.yaml',
        fix: 'copy the file into the project',
      },
    ]);
  });
});

test('an absolute path into the project is told the relative one', () => {
  const folder = makeProject({ 'web.yaml': webDeployment, 'deep/federation.yaml': '' });
  writeFileSync(join(folder, 'deep/federation.yaml'), naming(join(folder, 'web.yaml')));
  expect(outcomeOf(join(folder, 'deep/federation.yaml'))).toMatchObject([
    { fix: 'write it relative to the declaration: ../web.yaml' },
  ]);
});

test('a link that leads out is named', () => {
  const folder = makeProject({
    'web.yaml': webDeployment,
    'one/cdk8s.yaml': '',
    'one/federation.yaml': naming('link.yaml'),
  });
  mkdirSync(dirname(join(folder, 'one/link.yaml')), { recursive: true });
  symlinkSync(join(folder, 'web.yaml'), join(folder, 'one/link.yaml'));
  expect(outcomeOf(join(folder, 'one/federation.yaml'))).toMatchObject([
    { fix: 'copy the file into the project: a symbolic link on the way leads out of it' },
  ]);
});

test.each([
  ['https://example.org/web.yaml', 'download it into the project: a synth uses no network'],
  ['manifests/*.yaml', 'name the directory: all its .yaml, .yml and .json files are read'],
  ['~/web.yaml', 'write the path itself: "~" and variables mean nothing here'],
  ['webb.yaml', 'did you mean "web.yaml"?'],
  ['WEB.yaml', 'did you mean "web.yaml"?'],
  ['./web.yml', 'did you mean "./web.yaml"?'],
  ['other/web.yaml', 'create it, or correct the path'],
  ['elsewhere.json', 'create it, or correct the path'],
])('%s is missing: %s', (manifest, fix) => {
  const folder = makeProject({ 'federation.yaml': naming(manifest), 'web.yaml': webDeployment });
  expect(outcomeOf(join(folder, 'federation.yaml'))).toMatchObject([{ rule: 'manifest-file-exists', fix }]);
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadFederation } from '../../../constructs/index.ts';
import { shapeRules } from '../../../constructs/model/declaration/shape-rules.ts';
import type { WorkloadConstructs } from '../../../constructs/model/manifests/read-constructs.ts';
import { ProblemsError, renderProblems } from '../../../constructs/model/problems/problem.ts';
import { ruleId } from '../../../constructs/model/rules/judge.ts';
import { readTree } from '../../support/files.ts';
import { makeProject } from '../../support/project.ts';
import { ruleNames } from '../../support/rules.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/rules');

/** The message that a user reads: the problems, or the warnings of a declaration without problems. */
function messageOf(directory: string, constructs: WorkloadConstructs): string {
  try {
    const { federation, warnings } = loadFederation(join(directory, 'federation.yaml'), constructs);
    return renderProblems(federation.declaration, warnings, 'warning');
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return error.message;
  }
}

// Rules about the shape of a value, of a mapping or of a file as a whole have no functions of their own.
const ids = [
  ...ruleNames.map(ruleId),
  ...shapeRules,
  'key-is-known',
  'required-key-is-present',
  'file-is-yaml',
  'file-is-one-document',
];

describe('every rule has a declaration that breaks it', () => {
  test('and every fixture belongs to a rule', () => {
    expect(readdirSync(fixtures).sort()).toEqual([...ids].sort());
  });

  test.each(ids)('%s', async (id) => {
    // GIVEN the fixture as a separate project
    const { 'expected.txt': _, ...files } = readTree(join(fixtures, id));
    const directory = makeProject(files);
    // WHEN
    const message = messageOf(directory, id === 'constructs-name-a-workload' ? { shpo: () => undefined } : {});
    // THEN the rule reports it, word for word
    expect(message).toContain(`[${id}]`);
    await expect(`${message}\n`).toMatchFileSnapshot(join(fixtures, id, 'expected.txt'));
  });
});

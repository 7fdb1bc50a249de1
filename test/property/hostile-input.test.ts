import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { expect, test } from 'vitest';
import { loadFederation, ProblemsError } from '../../constructs/index.ts';
import { manifestOf } from '../support/declarations/arbitrary-declaration.ts';
import { declareTwoClusters } from '../support/declarations/two-clusters.ts';
import { hostileBytes } from '../support/hostile-text.ts';
import { makeProject } from '../support/project.ts';

// More runs by hand: HOSTILE_RUNS=5000.
const numRuns = Number(process.env.HOSTILE_RUNS ?? 200);

const declaration = `${declareTwoClusters('direct')}    overrides: {}\n`;
const manifest = `# Objects of the workload\n${manifestOf('any').replaceAll(/[{}]/g, (brace) => ` ${brace} `)}`;
const lock = dump({ clusters: { host: { kubernetesVersion: 'v1.33.0', gatewayAddress: '203.0.113.10' } } });
const texts = { 'federation.yaml': declaration, 'federation.lock.yaml': lock, 'any.yaml': manifest };

/** A federation, or problems that a terminal shows as they are. Anything else fails. */
function check(directory: string): void {
  try {
    loadFederation(join(directory, 'federation.yaml'));
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    expect(error.message).toMatch(/^federation\.yaml: [1-9]\d* problems?\n\n/);
    expect(error.message).not.toMatch(/[^\n\P{C}]|[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|^\s*at /mu);
    expect(error.message.length).toBeLessThan(5_000_000);
    for (const { at, rule } of error.problems) expect([rule, at.line > 0, at.column > 0]).toEqual([rule, true, true]);
  }
}

test.each(Object.entries(texts))('any bytes in %s are fine, or a problem', (name, text) => {
  const directory = makeProject(texts);
  fc.assert(
    fc.property(hostileBytes(text), (bytes) => {
      writeFileSync(join(directory, name), bytes);
      check(directory);
    }),
    { numRuns },
  );
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thinGrammarFor } from '../support/thin/grammar.ts';
import { hostile } from '../support/thin/hostile-words.ts';
import { expected, nothing, runThin, type ThinRun } from '../support/thin/run-thin.ts';

/** Runs of each test. More of them come with `FUZZ_RUNS`, and other ones with `FUZZ_SEED`. */
const runs = Number(process.env.FUZZ_RUNS ?? '8');
// A failure is shown as it is: making it smaller takes longer than a test may.
const seed = Number(process.env.FUZZ_SEED ?? '1');

function judge({ status, said, words, contexts, strange, seconds }: ThinRun, statuses: readonly number[]): void {
  const isAllowed = thinGrammarFor(contexts);
  expect(words.filter((one) => !isAllowed(one))).toEqual([]);
  expect(strange).toEqual([]);
  expect([...said].filter((byte) => byte !== 10 && (byte < 32 || byte > 126))).toEqual([]);
  expect(statuses, said.toString()).toContain(status);
  expect(seconds).toBeLessThan(55);
}

const scripts = [
  {
    script: 'apply.sh',
    options: ['--yes', '--timeout', '1', ...expected],
    tables: ['plan.tsv', 'gates.tsv', 'objects.tsv'],
    statuses: [0, 1, 2, 4, 5],
  },
  {
    script: 'verify.sh',
    options: ['--timeout', '1', '--calls', '3'],
    tables: ['plan.tsv', 'gates.tsv', 'objects.tsv', 'services.tsv', 'clients.tsv', 'endpoints.tsv', 'gateways.tsv'],
    statuses: [0, 1, 2],
  },
];

describe.each(scripts)('$script', ({ script, options, tables, statuses }) => {
  test('as it is makes only calls of the grammar', () => judge(runThin(script, options, nothing), statuses));

  test('with a hostile cell in any table stays within the grammar', { timeout: 60_000 + runs * 20_000 }, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tables),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        hostile,
        fc.boolean(),
        (table, row, column, at, texts, isWhole) => {
          const change = (directory: string): void => {
            const path = join(directory, table);
            const rows = readFileSync(path, 'utf8')
              .trimEnd()
              .split('\n')
              .map((line) => line.split('\t'));
            const cells = rows[1 + (row % (rows.length - 1))] ?? [];
            const position = column % cells.length;
            const cell = cells[position] ?? '';
            const place = at % (cell.length + 1);
            cells[position] = isWhole ? texts.join('') : cell.slice(0, place) + texts.join('') + cell.slice(place);
            writeFileSync(path, `${rows.map((line) => line.join('\t')).join('\n')}\n`);
          };
          judge(runThin(script, options, { ...nothing, change }), statuses);
        },
      ),
      { numRuns: runs, seed, endOnFailure: true },
    );
  });

  test('with a hostile answer to any question stays within the grammar', { timeout: 60_000 + runs * 20_000 }, () => {
    const parts = [
      'kube-system',
      'configmap',
      'loadBalancer',
      'Progressing',
      'observedGeneration',
      'remote-clusters',
      'Ready',
      'secret',
      'lease',
      ' apply ',
      ' create ',
      'config view',
      'version',
      'install',
      'create-remote-secret',
      'endpointslices',
      ' get pods ',
      'clusters',
      'curl',
    ];
    const answers = fc.oneof(
      hostile.map((texts) => Buffer.from(texts.join(''))),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.constant(Buffer.alloc(1_000_000, 'a ')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...parts), answers, fc.constantFrom('0', '0', '1'), (part, answer, code) =>
        judge(runThin(script, options, { ...nothing, part, answer, code }), statuses),
      ),
      { numRuns: runs, seed, endOnFailure: true },
    );
  });
});

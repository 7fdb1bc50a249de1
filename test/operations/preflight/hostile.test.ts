import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Findings } from '../../../operations/preflight/findings.ts';
import type { ProgramResult } from '../../../operations/tools/run-program.ts';
import { runPreflight } from '../../support/preflight/run-preflight.ts';
import { expiredToken, fails, prints, refusedConnection, tooMuch } from '../../support/servers/interruptions.ts';
import type { ServerOptions } from '../../support/servers/servers.ts';
import { defaultWorld } from '../../support/servers/worlds/worlds.ts';

// Everything that a terminal obeys, or that turns the text around it.
const raw = /[^\P{C}\n]|\p{Zl}|\p{Zp}/u;

async function checked(options: ServerOptions): Promise<Findings> {
  const servers = defaultWorld(options);
  const found = await runPreflight(servers);
  expectHarmless(found);
  expect(servers.calls.filter(({ isChange }) => isChange)).toEqual([]);
  return found;
}

function expectHarmless({ problems, warnings }: Findings): void {
  for (const text of [...warnings, ...problems.flatMap(({ problem, fix }) => [problem, fix])])
    expect(text).not.toMatch(raw);
}

describe('an answer about the identity', () => {
  test('shows the control characters in the answer of a server instead of passing them on', async () => {
    const onCall: ServerOptions['onCall'] = (_, { context, args }) => {
      if (args.at(-1) !== 'kube-system') return undefined;
      return context === 'host'
        ? fails('first\n\u001b]0;title\u0007\u001b[2Jgone \u009b')
        : prints(JSON.stringify({ metadata: { uid: '@' } }));
    };
    const { problems } = await checked({ onCall });
    expect(problems.map(({ problem }) => problem)).toEqual([
      'host: context host does not answer: \\u{1b}]0;title\\u{7}\\u{1b}[2Jgone \\u{9b}',
      'member: context member does not answer: its answer has another form',
    ]);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '--context=evil',
    '$(touch injected)',
    'BASHPID[$(id)]',
    '\u001b[2J\u202e',
    '1e400',
    '-1',
    '08',
    '{}',
    '[]',
  ),
  fc.constant('x'.repeat(1_000_000)),
);
const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.object({ values: [anyText, fc.integer(), fc.constant(null)], maxDepth: 4 }),
);

// One leaf of an honest answer becomes something else.
function spoil(result: ProgramResult, seed: number, value: unknown): string {
  if (result.kind !== 'ended') return '';
  try {
    const paths: (readonly (string | number)[])[] = [];
    const answer = JSON.parse(result.stdout) as unknown;
    const visit = (node: unknown, path: readonly (string | number)[]): void => {
      paths.push(path);
      if (typeof node === 'object' && node !== null)
        for (const [key, inner] of Object.entries(node)) visit(inner, [...path, key]);
    };
    visit(answer, []);
    const path = paths[seed % paths.length] ?? [];
    const last = path.at(-1);
    if (last === undefined) return JSON.stringify(value) ?? '';
    const parent = path.slice(0, -1).reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], answer);
    (parent as Record<string, unknown>)[last] = value;
    return JSON.stringify(answer);
  } catch {
    return String(value);
  }
}

test('ends with findings, and shows nothing raw, whatever a server or a program says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(30),
      fc.oneof(anyText, anyJson),
      fc.boolean(),
      fc.nat(),
      async (at, value, isError, seed) => {
        const servers = defaultWorld();
        const honest: ProgramResult[] = [];
        const run = servers.run;
        let number = -1;
        const answering = {
          ...servers,
          run: async (call: Parameters<typeof run>[0]): Promise<ProgramResult> => {
            number += 1;
            const own = number;
            const result = await run(call);
            honest.push(result);
            if (own !== at) return result;
            const text = spoil(result, seed, value);
            return isError
              ? { kind: 'ended', exitCode: 1, stdout: '', stderr: text }
              : { kind: 'ended', exitCode: 0, stdout: text, stderr: '' };
          },
        };
        const found = await runPreflight(answering);
        expectHarmless(found);
        expect(servers.calls.filter(({ isChange }) => isChange)).toEqual([]);
        for (const { program, args } of servers.calls) {
          expect(['kubectl', 'istioctl', 'helm', 'kubefedctl']).toContain(program);
          expect(
            args.filter((word) => word.startsWith('--context=')).every((word) => /=(host|member)$/.test(word)),
          ).toBe(true);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test.each([
  ['a refused connection', refusedConnection()],
  ['an expired token', expiredToken()],
  ['an answer without an end', tooMuch()],
])('every question may meet %s, and it is told', async (_, answer) => {
  const healthy = defaultWorld();
  const found = await runPreflight(healthy);
  const questions = healthy.calls.map(({ program, args }) => `${program} ${args.join(' ')}`);
  for (const question of questions) {
    const onCall: ServerOptions['onCall'] = (_, { program, args }) =>
      `${program} ${args.join(' ')}` === question ? answer : undefined;
    expect([question, await checked({ onCall })]).not.toEqual([question, found]);
  }
});

import { describe, expect } from 'vitest';
import type { ProgramResult } from '../../../operations/tools/run-program.ts';
import { apiVersionOf } from '../../support/servers/api/kinds.ts';
import { appliedWorld, destroyIn, output, test } from './destroy-run.ts';

const said = (stdout: string, exitCode = 0): ProgramResult => ({ kind: 'ended', exitCode, stdout, stderr: stdout });

/** Answers that no honest server gives. */
const answers: Readonly<Record<string, ProgramResult>> = {
  nothing: said(''),
  'what a terminal would obey': said('\u001b[2J\u0007\u202e', 1),
  'what a shell would run': said('{"metadata":{"uid":"$(touch x)","name":"`x`"},"items":[]}'),
  'a list of anything': said(
    '{"kind":"List","apiVersion":"v1","items":[{"kind":"Secret","apiVersion":"v1","metadata":{"name":"--all","namespace":"--all-namespaces","uid":"u","resourceVersion":"1","managedFields":[{"manager":"mesh-federation","operation":"Apply"}]}}]}',
  ),
  'kinds that are options': said('--all   -A   v1   true   --kubeconfig=x   get,list,delete\n'),
  'a list without an end': said(`[${'{"a":['.repeat(5000)}`),
  'another kind of everything': said('{"kind":7,"metadata":[],"items":{"a":null},"clusters":"x"}'),
  silence: { kind: 'timed-out' },
  'too much': { kind: 'too-long' },
};

const grammar: Readonly<Record<string, RegExp>> = {
  kubectl:
    /^--context=(host|member) --request-timeout=\d+s (get|api-resources|apply|create|replace|delete|config view|auth can-i)( [ -~]*)?$/,
  istioctl:
    /^(version --remote=false --short|uninstall --help|(x )?uninstall --context=(host|member) --filename=- --skip-confirmation)$/,
  helm: /^version --short$/,
  kubefedctl: /^version$/,
};

describe('a hostile server', () => {
  test.each(Object.keys(answers))(
    'that answers with %s, whenever it does, ends the run or changes nothing of others',
    { timeout: 120_000 },
    async (name) => {
      const whole = appliedWorld();
      await destroyIn(whole, output.plan, {});
      const count = whole.calls.length;
      const answer = answers[name] ?? said('');
      for (let at = 0; at < count; at += 11) {
        const world = appliedWorld();
        world.add(
          'host',
          { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'bank', namespace: 'default' }, data: { a: 'b' } },
          'they',
        );
        let seen = -1;
        // The member answers like this from some call on.
        world.intercept = ({ args }) => {
          seen += 1;
          return seen >= at && args.includes('--context=member') ? answer : null;
        };
        const { code, text } = await destroyIn(world, output.plan, { timeoutSeconds: 0.05 });
        expect([at, typeof code === 'number' && [0, 1, 4, 5].includes(code)], String(code)).toEqual([at, true]);
        for (const raw of ['\u001b', '\u0007', '\u202e']) expect(text).not.toContain(raw);
        const strange = world.calls.filter(({ program, args }) => !grammar[program]?.test(args.join(' ')));
        expect([at, strange]).toEqual([at, []]);
        expect(world.has('host', 'Secret', 'bank', 'default')).toBe(true);
        const deleted = world.changes.filter((one) => one.startsWith('host delete default/'));
        expect([at, deleted]).toEqual([at, []]);
      }
    },
  );

  // Linux gives an argument of a program 128 KiB. Operators of clouds really bring more than a thousand kinds.
  test('that serves very many kinds is asked for their objects by several calls', async ({ world, destroy }) => {
    const many = Array.from(
      { length: 4000 },
      (_, at) => `many${at} ${'x'.repeat(40)}.example.com/v1 true Many get,list,delete`,
    );
    world.intercept = ({ args }) => {
      if (!args.includes('--context=host')) return null;
      if (args.at(-1)?.includes('many')) return said('');
      if (!args.includes('api-resources')) return null;
      const own = world
        .server('host')
        .kinds.all.map((one) => [one.plural, apiVersionOf(one), one.isNamespaced, one.kind, one.verbs].join(' '));
      return said(`${[...own, ...many].join('\n')}\n`);
    };
    const { code } = await destroy();
    expect(code).toBe(0);
    expect(Math.max(...world.calls.flatMap(({ args }) => args.map(({ length }) => length)))).toBeLessThan(128 * 1024);
    expect(world.calls.some(({ args }) => args.at(-1)?.includes('many3999.'))).toBe(true);
  });
});

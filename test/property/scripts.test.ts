import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runScript, type ScriptRun } from '../support/output/script-run.ts';

// Text with a special meaning for a shell, printf, a regular expression, an arithmetic expression or a flag parser.
const traps = [
  '$(touch stolen)',
  '`touch stolen`',
  '; touch stolen;',
  '&& touch stolen',
  '| tee stolen',
  '> stolen',
  'a[$(touch stolen)]',
  '$IFS',
  "it's",
  '"',
  '\\',
  '%s%n',
  '*',
  '~',
  '{a,b}',
  ',',
  '=',
  ' ',
  '  two',
  '@',
  '!!',
  '#',
  'é中',
];
const trap = fc.constantFrom(...traps);
const joined = (parts: fc.Arbitrary<string>) =>
  fc.array(parts, { minLength: 1, maxLength: 5 }).map((all) => all.join('').slice(0, 253));

/** Any context that the declaration allows: printable characters, no dash at the beginning. */
const declaredContext = joined(fc.oneof(trap, fc.string({ minLength: 1, maxLength: 4 }))).filter(
  (text) => !text.startsWith('-'),
);
/** Any context that a command line can contain. */
const givenContext = joined(fc.oneof(trap, fc.constantFrom('\n', '--kubeconfig=stolen', '-', '\t', '\u001b[2J')));
const directory = joined(trap).map((text) => `o${text}`);

const lines = (text: string) => text.split('\n').map((line) => line.split('\t'));

/** The actions that a run must never do with any input. */
function expectHarmless(run: ScriptRun, files: readonly string[] = []): void {
  expect(run.files).toEqual([...files]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal would obey.
  expect(run.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  expect(run.stderr).not.toMatch(/\.sh: line \d+/);
}

/** Each call names one of these contexts, in an argument of its own. */
function expectContexts({ calls }: ScriptRun, contexts: readonly string[]): void {
  const flags = contexts.flatMap((context) => [`--context=${context}`, `--kube-context=${context}`]);
  const toServers = calls.filter(
    ([program, word]) => program === 'kubectl' || ['install', 'upgrade'].includes(word ?? ''),
  );
  expect(toServers.length).toBeGreaterThan(5);
  for (const call of toServers) expect(call.filter((word) => flags.includes(word))).toHaveLength(1);
  // No part of it occurs anywhere else.
  const others = new Set(calls.flat().filter((word) => !flags.includes(word)));
  for (const word of others) expect(word).not.toMatch(/stolen/);
}

test('any context of the plan is one argument', () => {
  fc.assert(
    fc.property(declaredContext, declaredContext, (host, member) => {
      // Two equal contexts would be one cluster, which the preflight refuses.
      fc.pre(host !== member);
      const changePlan = (plan: string) =>
        lines(plan.trimEnd())
          .map(([wave = '', cluster = '', context = '', ...rest]) => {
            const own = cluster === 'host' ? host : cluster === 'member' ? member : context;
            return [wave, cluster, own, ...rest].join('\t');
          })
          .join('\n');
      const run = runScript({ script: 'apply.sh', options: ['--yes', '--from', '70-workloads'], changePlan });
      expect(run.status, run.stderr).toBe(0);
      expectHarmless(run);
      expectContexts(run, [host, member]);
    }),
    { numRuns: 4 },
  );
});

test('any context of the command line and any directory of the output or of cacerts is one argument', () => {
  fc.assert(
    fc.property(givenContext, directory, directory, (context, out, cacerts) => {
      const names = ['ca-cert', 'ca-key', 'root-cert', 'cert-chain'];
      const files = Object.fromEntries(
        ['host', 'member'].flatMap((cluster) => names.map((name) => [`ca/${cacerts}/${cluster}/${name}.pem`, 'any'])),
      );
      const contexts = ['--context', `host=${context}`, '--context', `member=${context}-`];
      const options = ['--yes', '--prune', ...contexts, '--cacerts', `ca/${cacerts}`];
      const run = runScript({ script: 'apply.sh', options, directory: out, files });
      expect(run.status, run.stderr).toBe(0);
      const kept = ['ca', `ca/${cacerts}`, ...['host', 'member'].map((cluster) => `ca/${cacerts}/${cluster}`)];
      expectHarmless({ ...run, files: [...run.files].sort() }, [...kept, ...Object.keys(files)].sort());
      expectContexts(
        // Only kubectl gets the path of a directory, as part of one argument.
        { ...run, calls: run.calls.map((call) => call.map((word) => (word.startsWith('--kustomize=') ? '' : word))) },
        [context, `${context}-`],
      );
      const kustomized = run.calls.flat().filter((word) => word.startsWith('--kustomize='));
      expect(kustomized).toHaveLength(7);
      for (const word of kustomized) expect(word).toContain(`/here/${out}/`);
    }),
    { numRuns: 5 },
  );
});

test('an unknown wave, cluster or option is refused before any call', () => {
  const words = fc.constantFrom('--from', '--only', '--timeout', '--context', '--cacerts', '');
  fc.assert(
    fc.property(words, givenContext, (option, text) => {
      const options = option === '' ? [`--${text}`] : [option, text];
      const run = runScript({ script: 'apply.sh', options: ['--yes', ...options] });
      expect(run.status, run.stderr).toBe(2);
      expect(run.calls).toEqual([]);
      expectHarmless(run);
    }),
    { numRuns: 40 },
  );
});

/** Text from another machine, with a special meaning for a terminal, a shell or a table. */
const answer = joined(
  fc.oneof(trap, fc.constantFrom('\u001b]0;title\u0007', '\u001b[2J', '\r', '\n', '\t', '9'.repeat(30), '-1')),
);
const questions = [
  ' get namespace kube-system ',
  ' get --raw /version ',
  ' api-resources ',
  ' auth can-i ',
  '.status.allocatable.',
  'get secret cacerts ',
  ' get kubefedcluster.core.kubefed.io/',
  '.status.loadBalancer',
  '{.spec.type}',
];

test('the answers of servers are data', () => {
  const answers = fc.dictionary(fc.constantFrom(...questions), answer, { minKeys: 1, maxKeys: 3 });
  fc.assert(
    fc.property(answers, (all) => {
      const run = runScript({
        script: 'apply.sh',
        options: ['--yes', '--only', 'host', '--from', '60-federation'],
        answers: all,
      });
      expect([0, 1]).toContain(run.status);
      expectHarmless(run);
    }),
    { numRuns: 12 },
  );
});

test('arguments of the plan are data', () => {
  fc.assert(
    fc.property(fc.array(declaredContext, { minLength: 6, maxLength: 6 }), (args) => {
      const changePlan = (plan: string) =>
        plan.replaceAll(/(\tpreflight-passed\tdemo).*/g, (_, before: string) => [before, ...args].join('\t'));
      const run = runScript({
        script: 'apply.sh',
        options: ['--yes', '--only', 'host', '--from', '70-workloads'],
        changePlan,
      });
      expect([0, 1]).toContain(run.status);
      expectHarmless(run);
    }),
    { numRuns: 4 },
  );
});

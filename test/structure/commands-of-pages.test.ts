import { describe, expect, test } from 'vitest';
import { blocksOf, readPage } from '../support/pages.ts';

/** A file that runs a command, and the words by which it does so, without quotes and commas. */
type Runner = readonly [file: string, words: string];

const inPackage = (words: string): Runner => ['test/package/package.test.ts', words];
const inSuite = (words: string): Runner => ['test/e2e/suites/membership/membership.suite.ts', words];

/**
 * The commands that the pages show, and the files that run them: `.ci/run`, which is the gate, or a test. The package is not
 * published then, so a tarball takes the place of its name or its version.
 */
const runners: Readonly<Record<string, Runner>> = {
  'npm ci': ['.ci/run', 'npm ci'],
  'npm test': ['.ci/run', 'npm test'],
  'npx cdk8s synth': ['.ci/run', 'npx cdk8s synth'],
  'npm run synth': ['.ci/run', 'npm run synth'],
  'npx mesh-federation init my-federation --clusters frankfurt,virginia': inPackage(
    'mesh-federation init my-federation --clusters frankfurt virginia',
  ),
  'npm install': inPackage('npm install)'),
  'npx mesh-federation synth': inPackage('npx mesh-federation synth)'),
  'npx mesh-federation synth --check': inPackage('npx mesh-federation synth --check)'),
  'npm install --save-exact mesh-federation@latest': inPackage('npm install --save-exact packAs('),
  'git add -N dist': ['test/cli/synth.test.ts', 'git add -N dist'],
  'git diff dist': ['test/cli/synth.test.ts', 'git diff dist'],
  // On real clusters, by npm run e2e -- --all: this suite is not a core one, so the gate alone does not run it.
  'npx mesh-federation apply': inSuite('await tryOperation(output'),
  'npx mesh-federation apply --diff': ['test/e2e/suites/script/script.suite.ts', '--diff'],
  'npx mesh-federation destroy --only edge': inSuite('--only edge] { operation: destroy'),
  'npx mesh-federation status': inPackage('[ status] [ verify] [ discover]'),
  'npx mesh-federation verify --path /hello': [
    'test/e2e/suites/topologies/topologies.suite.ts',
    'await tryCommand(output verify',
  ],
  'npx mesh-federation destroy --dry-run': ['test/e2e/suites/destroy/destroy.suite.ts', 'await destroy([ --dry-run])'],
  'npx mesh-federation discover': inSuite('await tryCommand(leaving discover'),
};

// docs/testing.md itself says which of its commands were run, and where.
const pages = ['README.md', 'README.zh-CN.md', 'docs/command.md', 'docs/clusters-join-and-leave.md'];

const commandsOf = (page: string): readonly string[] =>
  blocksOf(readPage(page))
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => line.replace(/ *#.*/, '').split(' && '))
    // Only the directory of the next lines.
    .filter((command) => !command.startsWith('cd '));

describe.each(pages)('%s', (page) => {
  test('shows only commands that are run', () => {
    const commands = commandsOf(page);
    expect(commands.length).toBeGreaterThan(3);
    expect(commands.filter((command) => runners[command] === undefined)).toEqual([]);
  });

  test('marks its commands as such', () => {
    const unmarked = blocksOf(readPage(page)).filter(
      ({ language, text }) => language === '' && /^(npm|npx|git|dist\/)/m.test(text) && !text.startsWith('dist/\n'),
    );
    expect(unmarked.map(({ text }) => text)).toEqual([]);
  });
});

test('README.md shows the two commands of a clone, and those of a repository of your own', () => {
  expect(commandsOf('README.md')).toEqual(commandsOf('README.zh-CN.md'));
  expect(commandsOf('README.md').slice(0, 8)).toEqual([
    'npm ci',
    'npx cdk8s synth',
    'npm ci',
    'npm test',
    'npx mesh-federation init my-federation --clusters frankfurt,virginia',
    'npm install',
    'npx mesh-federation synth',
    'npx mesh-federation synth --check',
  ]);
});

test.each(Object.entries(runners))('%s runs in the file that is named', (_command, [file, words]) => {
  expect(wordsOf(readPage(file)).includes(words), `${file}: ${words}`).toBe(true);
});

test('.ci/run runs every file that is named here', () => {
  const gate = readPage('.ci/run');
  for (const command of ['npm test', 'npm run test:package', 'npm run e2e']) expect(gate).toContain(`\n${command}\n`);
});

// In code, a command is a list of words.
function wordsOf(text: string): string {
  return text.replaceAll(/[',\s]+/g, ' ').replaceAll(/ (?=[)\]])/g, '');
}

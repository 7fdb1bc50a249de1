import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { recommendedIstioVersion } from '../../constructs/domain/istio/releases.ts';
import { blocksOf, fence, readPage } from '../support/pages.ts';
import { makeProject, synthesize } from '../support/project.ts';
import { runCommand } from '../support/run-command.ts';

const sample = 'workloads/helloworld.yaml';

// The key is the line of federation.yaml below which the mistake is inserted.
const mistakes = {
  '    network: network1\n': 'gateway: {address: lb.example.com}',
  '    manifests: [workloads/helloworld.yaml]\n': 'placement: [host, membre]',
};

describe.each(['README.md', 'README.zh-CN.md'])('%s', (readme) => {
  const text = readPage(readme);
  const blocks = blocksOf(text);
  const declaration = blocks.find(({ language }) => language === 'yaml')?.text ?? '';

  test('is short', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(200);
  });

  test('shows a declaration of about ten lines, and the files that it makes', () => {
    expect(declaration.split('\n').length).toBeLessThanOrEqual(12);
    expect(declaration).toContain(`version: ${recommendedIstioVersion},`);
    const project = makeProject({ 'federation.yaml': declaration, [sample]: readPage(sample) });
    const written = Object.keys(synthesize(join(project, 'federation.yaml')));
    const tree = blocks.find(({ text: block }) => block.startsWith('dist/'))?.text ?? '';
    expect(new Set(shownIn(tree, 'frankfurt/', 'virginia/'))).toEqual(new Set(written.filter(isShown)));
  });

  test('has a picture with a text in place of it', () => {
    const [, alternative = ''] = text.match(/!\[([^\]]+)\]\(docs\/pictures\/federation\.svg\)/) ?? [];
    expect(alternative.length).toBeGreaterThan(60);
  });

  test('shows two mistakes and the message of a synth about them', async () => {
    // GIVEN the default declaration with the mistakes
    const wrong = Object.entries(mistakes).reduce(
      (yaml, [line, mistake]) => yaml.replace(line, `${line}    ${mistake}\n`),
      readPage('federation.yaml'),
    );
    const manifests = [sample, 'workloads/sleep.yaml'];
    const project = makeProject({
      'federation.yaml': wrong,
      ...Object.fromEntries(manifests.map((path) => [path, readPage(path)])),
    });
    // WHEN
    const { err } = await runCommand(['synth', '-f', join(project, 'federation.yaml')]);
    // THEN
    for (const mistake of Object.values(mistakes)) expect(text).toContain(`\`${mistake}\``);
    const shown = blocks.find(({ text: block }) => block.startsWith('federation.yaml: '))?.text;
    expect(err.trimEnd()).toBe(shown);
  });
});

// Kustomizations are not listed one by one.
const isShown = (path: string): boolean => !path.endsWith('/kustomization.yaml');

/** Paths that a tree shows. The cluster `same` is one line, and has the files of the cluster `shown`. */
function shownIn(tree: string, shown: string, same: string): readonly string[] {
  const lines = tree.split('\n').slice(1);
  const paths = lines.flatMap((line) => (line.trim().split(/ {2,}/)[0] ?? '').split(', '));
  expect(paths).toContain(same);
  const files = paths.filter((path) => !path.endsWith('/'));
  const repeated = files.filter((path) => path.startsWith(shown)).map((path) => path.replace(shown, same));
  return [...files, ...repeated];
}

test('docs/pictures/federation.svg has words for those who do not see it, and loads nothing', () => {
  const svg = readPage('docs/pictures/federation.svg');
  expect(svg).toMatch(/<title id="title">.+<\/title>\s*<desc id="desc">.{60,}<\/desc>/);
  expect(svg).toContain('prefers-color-scheme: dark');
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
    /https?:|<script|<image|@import|@font-face/,
  );
});

const translated = ['README', 'docs/choices', 'docs/tutorial'];

test.each(translated)(
  '%s.zh-CN.md has the headings, tables, lists, code, versions and links of its original',
  (page) => {
    expect(skeletonOf(readPage(`${page}.zh-CN.md`))).toEqual(skeletonOf(readPage(`${page}.md`)));
  },
);

// The parts that a translation keeps.
function skeletonOf(text: string) {
  const prose = text.replaceAll(fence, '');
  const lines = prose.split('\n').flatMap((line) => {
    const [, mark] = line.match(/^(#+|-|\|) ?/) ?? [];
    if (mark === undefined) return [];
    return mark === '|' ? [`${line.split('|').length - 2} cells: ${untranslatedIn(line)}`] : [mark];
  });
  return { lines, words: [...new Set(untranslatedIn(prose))] };
}

function untranslatedIn(text: string): readonly string[] {
  const words = withoutTranslations(text).match(/`[^`]+`|\]\((?!README|#)[^)]+|\d+(?:\.\d+)+|CVE-[\d-]+/g) ?? [];
  return words.sort();
}

// A translated page is linked in the reader's language, and its headings are translated, too.
function withoutTranslations(text: string): string {
  return text.replaceAll('.zh-CN.md', '.md').replaceAll(/((?:README|choices|tutorial)\.md)#[^)]+/g, '$1');
}

/**
 * Compiles the package: a file for the command, one for the library, and one for each API; tsc has written their types.
 * Loading hundreds of small files would take half of the time of a synth, so the command also holds the libraries that are
 * nobody else's business. Its user's constructs share cdk8s and constructs with it: these stay outside.
 *
 * A further file holds all of it, for a machine that has Node and nothing else.
 *
 *   npm run build
 */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { readScriptFiles } from '../constructs/delivery/script-files.ts';

const root = join(import.meta.dirname, '..');

// The texts of the scripts take the place of the module that reads them.
const inlineScripts: Plugin = {
  name: 'inline-scripts',
  setup: ({ onLoad }) => {
    onLoad({ filter: /constructs\/delivery\/script-files\.ts$/ }, () => {
      const files = JSON.stringify(JSON.stringify(readScriptFiles()));
      return { contents: `export const readScriptFiles = () => JSON.parse(${files});` };
    });
  },
};

// What a command runs is loaded when it is called, so that a synth does not pay for the others. In the sources it is not:
// tsx's CommonJS half sees no import().
const lazyCommands: Plugin = {
  name: 'lazy-commands',
  setup: ({ onLoad }) => {
    onLoad({ filter: /command\/(init|apply|destroy|discover|status|verify)\/command\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const [, name = ''] = /\b(run[A-Z]\w+)\(/.exec(text) ?? [];
      const module = `./run-${name.slice('run'.length).toLowerCase()}.ts`;
      const lazy = text.replace(`${name}(`, `require('${module}').${name}(`);
      if (name === '' || !text.includes(`from '${module}'`)) throw new Error(`${path} does not run what it is said to`);
      return { contents: lazy, loader: 'ts' };
    });
  },
};

// Where the command is alone, no package.json lies beside it.
const inlinePackage: Plugin = {
  name: 'inline-package',
  setup: ({ onLoad }) => {
    onLoad({ filter: /command\/project\/own-package\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const reading = "readFileSync(join(packageDirectory, 'package.json'), 'utf8')";
      if (!text.includes(reading)) throw new Error(`${path} does not read what it is said to`);
      const own = JSON.stringify(readFileSync(join(root, 'package.json'), 'utf8'));
      const withFallback = `(() => { try { return ${reading}; } catch { return ${own}; } })()`;
      return { contents: text.replace(reading, () => withFallback), loader: 'ts' };
    });
  },
};

const common: BuildOptions = {
  absWorkingDir: root,
  outbase: '.',
  outdir: 'build',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  // Names stay, so that the stack of a defect of ours can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [inlineScripts, lazyCommands],
};

const apis = readdirSync(join(root, 'imports')).map((name) => `imports/${name}`);
await build({ ...common, entryPoints: ['command/index.ts', ...apis], packages: 'external' });

await build({
  ...common,
  entryPoints: ['command/main.ts'],
  // ajv is loaded only for what needs it, and compiles code that names its own files.
  external: ['cdk8s', 'cdk8s-plus-25', 'constructs', 'ajv'],
});
chmodSync(join(root, 'build/command/main.js'), 0o755);

// For a machine without a registry: the command with every library that clusters need, as one file.
const alone = join(root, 'build/mesh-federation.js');
const { metafile } = await build({
  ...common,
  entryPoints: { 'mesh-federation': 'command/main.ts' },
  external: ['ajv'],
  metafile: true,
  plugins: [...(common.plugins ?? []), inlinePackage],
});
const sha256 = createHash('sha256').update(readFileSync(alone)).digest('hex');
writeFileSync(`${alone}.sha256`, `${sha256}  mesh-federation.js\n`);
chmodSync(alone, 0o755);
// This file holds everything that the others hold.
writeFileSync(join(root, 'build/THIRD-PARTY-NOTICES.txt'), renderNotices(metafile));

/** The licences of the libraries in a bundle, which their authors ask to be passed on with them. */
function renderNotices({ inputs }: Metafile): string {
  // A library may bring others in a folder of its own.
  const directories = Object.keys(inputs).flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? [],
  );
  const notices = [...new Set(directories)].sort().map((place) => {
    const directory = join(root, place);
    const own = readFileSync(join(directory, 'package.json'), 'utf8');
    const { name, version } = JSON.parse(own) as { name: string; version: string };
    const licence = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license']
      .map((file) => join(directory, file))
      .find(existsSync);
    if (licence === undefined) throw new Error(`${name} has no licence that could be passed on`);
    return `${name} ${version}\n\n${readFileSync(licence, 'utf8').trim()}\n`;
  });
  return `The command holds these libraries.\n\n${notices.join('\n----\n\n')}`;
}

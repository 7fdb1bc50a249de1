import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../machine/run.ts';
import { say } from '../machine/wait.ts';
import { type ImageFile, type ImageRow, images } from '../tables/images.ts';
import { baseLayer, makeBase } from './base.ts';
import { cached, fill, isCached } from './cache.ts';
import { envoyDirectory, fetchEnvoy } from './envoy.ts';
import { moduleDirectory } from './go.ts';
import { push } from './oci.ts';
import { serveFor } from './registry.ts';

/** The storage of the registry with all images. */
export function registryStorage(): string {
  const sources = images()
    .flatMap((row) => row.files)
    .map((file) => sourceOf(file));
  return cached('registry', '1', JSON.stringify(images()), ...sources, baseLayer());
}

/** Builds all images, unless they exist. */
export async function makeImages(): Promise<void> {
  await fetchEnvoy();
  await makeBase();
  if (isCached(registryStorage())) return;
  say('making the images');
  await fill(registryStorage(), (aside) =>
    serveFor(aside, async (registry) => {
      for (const row of images()) await makeImage(row, registry, join(aside, 'making'));
      rmSync(join(aside, 'making'), { recursive: true });
    }),
  );
}

async function makeImage(row: ImageRow, registry: string, aside: string): Promise<void> {
  const layers = [baseLayer(), ...(await fileLayer(row, aside))];
  for (const name of row.names) {
    for (const tag of row.tags) {
      await push(registry, { name, tag, layers, entrypoint: row.entrypoint, user: row.user ?? '' });
    }
  }
}

async function fileLayer(row: ImageRow, aside: string): Promise<string[]> {
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true });
  if (row.files.length === 0) return [];
  const root = join(aside, 'root');
  for (const file of row.files) {
    mkdirSync(dirname(join(root, file.to)), { recursive: true });
    // Hard links, so that a program with three names is also one file in the layer.
    await run(['ln', sourceOf(file), join(root, file.to)]);
  }
  const layer = join(aside, 'layer.tar');
  await run(['tar', '--numeric-owner', '--owner=0', '--group=0', '--sort=name', '-C', root, '-cf', layer, '.']);
  return [layer];
}

function sourceOf(file: ImageFile): string {
  return join(file.from === 'envoy' ? envoyDirectory() : moduleDirectory(file.from), file.path);
}

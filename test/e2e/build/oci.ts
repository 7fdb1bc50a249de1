import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';

/** A blob of a registry, as an image's manifest lists it. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** An image to push. Its layers are uncompressed tar files. */
export interface Image {
  readonly name: string;
  readonly tag: string;
  readonly layers: readonly string[];
  readonly entrypoint: readonly string[];
  readonly user: string;
}

const LAYER = 'application/vnd.oci.image.layer.v1.tar';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** Pushes an image through the registry's own HTTP interface. */
export async function push(registry: string, image: Image): Promise<void> {
  const layers: Descriptor[] = [];
  for (const path of image.layers) layers.push(await pushFile(registry, image.name, path));
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: {
      Entrypoint: image.entrypoint,
      User: image.user,
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    },
    // An uncompressed layer is its own diff.
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.digest) },
  });
  const configBlob = await pushText(registry, image.name, config);
  const manifest = { schemaVersion: 2, mediaType: MANIFEST, config: configBlob, layers };
  const url = `http://${registry}/v2/${image.name}/manifests/${image.tag}`;
  await expectStatus(201, url, {
    method: 'PUT',
    headers: { 'Content-Type': MANIFEST },
    body: JSON.stringify(manifest),
  });
}

async function pushFile(registry: string, name: string, path: string): Promise<Descriptor> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  const blob = { mediaType: LAYER, digest: `sha256:${hash.digest('hex')}`, size: statSync(path).size };
  await pushBlob(registry, name, blob, () => Readable.toWeb(createReadStream(path)) as ReadableStream);
  return blob;
}

async function pushText(registry: string, name: string, text: string): Promise<Descriptor> {
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  const blob = { mediaType: CONFIG, digest, size: Buffer.byteLength(text) };
  await pushBlob(registry, name, blob, () => text);
  return blob;
}

async function pushBlob(
  registry: string,
  name: string,
  blob: Descriptor,
  body: () => ReadableStream | string,
): Promise<void> {
  const blobs = `http://${registry}/v2/${name}/blobs`;
  if ((await fetch(`${blobs}/${blob.digest}`, { method: 'HEAD' })).status === 200) return;
  const begun = await expectStatus(202, `${blobs}/uploads/`, { method: 'POST' });
  const location = new URL(begun.headers.get('location') ?? '', `http://${registry}`);
  location.searchParams.set('digest', blob.digest);
  await expectStatus(201, location.href, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': String(blob.size) },
    body: body(),
    duplex: 'half',
  });
}

async function expectStatus(status: number, url: string, init: RequestInit & { duplex?: 'half' }): Promise<Response> {
  const response = await fetch(url, init);
  if (response.status !== status) {
    throw new Error(
      `${init.method ?? 'GET'} ${url} answered ${response.status}, not ${status}: ${await response.text()}`,
    );
  }
  return response;
}

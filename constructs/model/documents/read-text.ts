import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** The text of a file, or the reason why it cannot be read. */
export type TextRead =
  | { readonly kind: 'read'; readonly text: string }
  | {
      readonly kind: 'failed';
      readonly got: string;
      readonly expected: string;
      readonly fix: string;
      /** Place of a byte that is not UTF-8, or null if the reason is the file as a whole. */
      readonly place: { readonly line: number; readonly column: number } | null;
    };

/** Megabytes of the largest file that is read. Bundles of CustomResourceDefinitions have 1 to 5. */
const largestFile = 10;
const megabyte = 1_000_000;

const causes: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'symbolic links that lead to each other',
  ENAMETOOLONG: 'a path that is too long',
  ENOENT: 'no such file',
  ENOTDIR: 'a path that goes through a file',
  EISDIR: 'a directory',
  ENXIO: 'a socket or a device',
  EIO: 'an error of the disk',
};

/** An error of the file system in words. */
export function describeSystemError(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return causes[code ?? ''] ?? code ?? String(error);
}

const unreadable = (got: string): TextRead => ({
  kind: 'failed',
  got,
  expected: 'a file that can be read',
  fix: 'check its type and its permissions',
  place: null,
});

/** Reads a file of UTF-8. It never waits for anything: a pipe or a device is refused. */
export function readText(path: string): TextRead {
  try {
    // Not to wait for the other end of a pipe, and not to make a terminal our own. The type is asked of the opened
    // file, since another one can take its name at any time.
    const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants as Partial<typeof constants>;
    const descriptor = openSync(path, (O_RDONLY ?? 0) | O_NONBLOCK | O_NOCTTY);
    try {
      const stats = fstatSync(descriptor);
      return stats.isFile() ? decode(readBytes(descriptor)) : unreadable(typeOf(stats));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return unreadable(describeSystemError(error));
  }
}

function typeOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory';
  return stats.isFIFO() ? 'a named pipe' : 'a socket or a device';
}

// At most one byte more than the limit, whatever size the file claims to have.
const chunkSize = 16_384;

function readBytes(descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size <= largestFile * megabyte) {
    // Small: most files are, and clearing a megabyte for each would cost more than all else about them.
    const chunk = Buffer.alloc(Math.min(chunkSize, largestFile * megabyte + 1 - size));
    const read = readSync(descriptor, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    size += read;
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): TextRead {
  if (bytes.length > largestFile * megabyte)
    return {
      kind: 'failed',
      got: `more than ${largestFile} MB`,
      expected: `a file of at most ${largestFile} MB`,
      fix: 'split it into several files',
      place: null,
    };
  const text = bytes.toString('utf8');
  const written = Buffer.from(text);
  return written.equals(bytes) ? { kind: 'read', text } : describeEncoding(bytes, written);
}

const otherEncoding = (encoding: string): TextRead => ({
  kind: 'failed',
  got: encoding,
  expected: 'text in UTF-8',
  fix: 'save it as UTF-8: iconv -f UTF-16 -t UTF-8',
  place: { line: 1, column: 1 },
});

// The decoder writes U+FFFD for each wrong byte, and is right up to the first difference.
function describeEncoding(bytes: Buffer, written: Buffer): TextRead {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return otherEncoding('UTF-16');
  const end = bytes.findIndex((byte, index) => byte !== written[index]);
  const lines = bytes
    .subarray(0, end === -1 ? bytes.length : end)
    .toString('utf8')
    .split('\n');
  const byte = (bytes[end] ?? 0).toString(16).toUpperCase();
  return {
    kind: 'failed',
    got: `the byte 0x${byte}, which is not UTF-8`,
    expected: 'text in UTF-8',
    fix: 'save the file as UTF-8',
    place: { line: lines.length, column: (lines.at(-1) ?? '').replace(/\uFFFD+$/, '').length + 1 },
  };
}

import { createServer, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import type { RunProgram } from '../../../../operations/tools/run-program.ts';

/** The directory with the programs that ask these servers. It comes first in the PATH of a process. */
export const binDirectory = join(import.meta.dirname, 'bin');

/** Servers that processes reach. */
export interface Listening {
  /** What the programs need in their environment. */
  readonly environment: { readonly SERVERS_PORT: string; readonly PATH: string };
  readonly close: () => Promise<void>;
}

/** Lets the programs of processes reach servers. A call that never ends keeps its process waiting. */
export async function listen(run: RunProgram): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const words = parse(received);
      if (words === null) return;
      received = Buffer.alloc(0);
      void answer(run, words, socket);
    });
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    environment: { SERVERS_PORT: String(port), PATH: `${binDirectory}:${process.env.PATH}` },
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}

// The number of words, then the length of each in bytes, and the word. Null while something is missing.
function parse(received: Buffer): readonly string[] | null {
  let at = 0;
  const line = (): number | null => {
    const end = received.indexOf('\n', at);
    if (end < 0) return null;
    const number = Number(received.toString('latin1', at, end));
    at = end + 1;
    return number;
  };
  const words: string[] = [];
  for (let left = line(); left !== null && left > 0; left -= 1) {
    const length = line();
    if (length === null || received.length < at + length) return null;
    words.push(received.toString('utf8', at, at + length));
    at += length;
    if (left === 1) return words;
  }
  return null;
}

async function answer(run: RunProgram, words: readonly string[], socket: Socket): Promise<void> {
  const [program = '', directory = '', ...others] = words;
  const args = others.slice(0, -1).map((word) => whole(word, directory));
  const result = await run({ program, args, input: others.at(-1) ?? '', timeoutSeconds: 86_400 });
  if (result.kind === 'timed-out') return;
  if (result.kind === 'too-long') return flood(socket);
  const { exitCode, stdout, stderr } =
    result.kind === 'ended' ? result : { exitCode: 127, stdout: '', stderr: `${program}: command not found\n` };
  socket.end(`${exitCode}\n${Buffer.byteLength(stdout)}\n${stdout}${stderr}`);
}

// Paths of a process are relative to its own directory.
function whole(word: string, directory: string): string {
  const [, flag, path] = /^(--(?:kustomize|filename|values)=)(.+)$/s.exec(word) ?? [];
  return flag === undefined || path === undefined || path === '-' ? word : `${flag}${resolve(directory, path)}`;
}

function flood(socket: Socket): void {
  const chunk = 'x'.repeat(1 << 20);
  const more = (): void => {
    if (!socket.destroyed) socket.write(chunk, more);
  };
  socket.write(`0\n${Number.MAX_SAFE_INTEGER}\n`, more);
}

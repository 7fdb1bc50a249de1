import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it. Unlike `mkdirSync` with `recursive`, it ends where a file system takes no
 * directories: there Node 20 tries for ever (`/proc/x`).
 */
export function makeDirectory(path: string): void {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  mkdirSync(path);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageDirectory } from '../../constructs/model/package-directory.ts';

/** The parts of this package's `package.json` that the command needs. */
export interface OwnPackage {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/** `package.json` of this package. */
export function ownPackage(): OwnPackage {
  return JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as OwnPackage;
}

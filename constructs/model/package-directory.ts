import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The directory of this package. Sources and compiled files lie at different depths below it. */
export const packageDirectory = nearestPackage(__dirname);

function nearestPackage(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : nearestPackage(dirname(directory));
}

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The directory of this package. Sources and compiled files lie at different depths below it. A machine may have nothing but
 * the file of the command: then it is the root, which has none of our files.
 */
export const packageDirectory = nearestPackage(__dirname);

// Somebody else's package may lie around that file.
function nearestPackage(directory: string): string {
  const isHere = existsSync(join(directory, 'schemas/federation.schema.json')) || directory === dirname(directory);
  return isHere ? directory : nearestPackage(dirname(directory));
}

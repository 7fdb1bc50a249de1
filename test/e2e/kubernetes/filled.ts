import { readFileSync } from 'node:fs';

/** A manifest of a suite with its `${NAME}` placeholders filled in. A placeholder without a value is an error. */
export function filled(file: URL, values: Readonly<Record<string, string>> = {}): string {
  return readFileSync(file, 'utf8').replace(/\$\{([A-Z_]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${file.pathname} needs a value for ${name}`);
    return value;
  });
}

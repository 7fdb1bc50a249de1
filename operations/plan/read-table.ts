import { join } from 'node:path';
import { z } from 'zod';
import { UserMistake } from '../../constructs/model/problems/problem.ts';
import { readOutputFile } from './output-files.ts';

/**
 * Reads a table of an output: a header, tabs between the values.
 *
 * @param columns of the table in their order, with the form of each value
 * @throws UserMistake when the table is missing, has other columns, or has a value of another form
 */
export function readTable<T extends z.ZodRawShape>(
  directory: string,
  path: string,
  columns: T,
): readonly z.output<z.ZodObject<T>>[] {
  const [header, ...lines] = readOutputFile(directory, path).replace(/\n$/, '').split('\n');
  const names = Object.keys(columns);
  if (header !== names.join('\t'))
    throw new UserMistake(
      `${join(directory, path)} does not have the columns ${names.join(', ')}: synthesize again with this version`,
    );
  const schema = z.object(columns);
  return lines.map((line, index) => {
    const values = line.split('\t');
    const { success, data, error } = schema.safeParse(Object.fromEntries(names.map((name, at) => [name, values[at]])));
    if (success && values.length === names.length) return data;
    const column = error?.issues[0]?.path[0];
    const place = `${join(directory, path)}, line ${index + 2}${column === undefined ? '' : `, ${String(column)}`}`;
    throw new UserMistake(`${place}: this is no value that synth writes; synthesize again`);
  });
}

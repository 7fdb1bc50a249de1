import { parseYaml } from '../../constructs/model/documents/yaml-source.ts';

/**
 * The values of the documents that a program has printed as YAML, without empty ones; null if it is no YAML that is read
 * here. A text of another machine may be in it, so it is never too deep or too long for us.
 *
 * @param mostCharacters of a text that is read at all
 */
export function printedDocuments(text: string, mostCharacters: number): readonly unknown[] | null {
  if (text.length > mostCharacters) return null;
  const source = parseYaml('', text);
  if (source.kind === 'invalid') return null;
  return source.documents.map(({ value }) => value).filter((value) => value !== null && value !== undefined);
}

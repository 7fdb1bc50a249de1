import { readFileSync } from 'node:fs';
import type { Location, Problem } from '../problems/problem.ts';
import { parseYaml, type YamlDocument } from './yaml-source.ts';

/** The one YAML document of a file, or the problem with the file. */
export type DocumentRead =
  | { readonly kind: 'document'; readonly document: YamlDocument }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A problem with a file as a whole, or with one of its lines. */
export function fileProblem(
  file: string,
  rule: string,
  texts: Pick<Problem, 'got' | 'expected' | 'fix'>,
  at?: Location,
): Problem {
  const path = at === undefined ? '(the whole file)' : `line ${at.line}`;
  return { at: at ?? { file, line: 1, column: 1 }, path, rule, ...texts };
}

/** Reads a file that holds exactly one YAML document. `file` is the name that problems show. */
export function readDocument(file: string, path: string): DocumentRead {
  const text = readText(path);
  const refuse = (rule: string, texts: Pick<Problem, 'got' | 'expected' | 'fix'>, at?: Location): DocumentRead => ({
    kind: 'problem',
    problem: fileProblem(file, rule, texts, at),
  });
  if (text.kind === 'failed')
    return refuse('file-is-readable', {
      got: text.reason,
      expected: 'a file',
      fix: 'check its type and its permissions',
    });
  const source = parseYaml(file, text.text);
  if (source.kind === 'invalid') {
    const { at, ...words } = source.error;
    return refuse('file-is-yaml', words, at);
  }
  const [document, ...others] = source.documents;
  if (document !== undefined && others.length === 0) return { kind: 'document', document };
  const got = document === undefined ? 'an empty file' : `${source.documents.length} documents`;
  return refuse('file-is-one-document', {
    got,
    expected: 'one YAML document',
    fix: 'see federation.yaml for an example',
  });
}

function readText(path: string): { kind: 'read'; text: string } | { kind: 'failed'; reason: string } {
  try {
    return { kind: 'read', text: readFileSync(path, 'utf8') };
  } catch (error) {
    return { kind: 'failed', reason: (error as NodeJS.ErrnoException).code ?? String(error) };
  }
}

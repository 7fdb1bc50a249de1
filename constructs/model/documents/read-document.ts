import { pageOf } from '../problems/pages.ts';
import type { Location, Problem } from '../problems/problem.ts';
import { readText } from './read-text.ts';
import { parseYaml, type YamlDocument, type YamlError, type YamlSource } from './yaml-source.ts';

/** The one YAML document of a file, or the problem with the file. */
export type DocumentRead =
  | { readonly kind: 'document'; readonly document: YamlDocument; readonly problems: readonly Problem[] }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** All YAML documents of a file, or the reason why there are none. */
export type FileRead =
  | YamlSource
  | { readonly kind: 'unreadable'; readonly got: string; readonly expected: string; readonly fix: string };

type Texts = Pick<Problem, 'got' | 'expected' | 'fix'>;

/** A problem with a file as a whole, or with one of its lines. */
export function fileProblem(file: string, rule: string, { got, expected, fix }: Texts, at?: Location): Problem {
  const path = at === undefined ? '(the whole file)' : `line ${at.line}`;
  return { at: at ?? { file, line: 1, column: 1 }, path, rule, got, expected, fix };
}

/** Reads all YAML documents of a file. `file` is the name that problems show. */
export function readFile(file: string, path: string): FileRead {
  const read = readText(path);
  if (read.kind === 'read') return parseYaml(file, read.text);
  const { got, expected, fix, place } = read;
  if (place === null) return { kind: 'unreadable', got, expected, fix };
  return {
    kind: 'invalid',
    file,
    text: '',
    error: { at: { file, ...place }, message: got, advice: { expected, fix } },
  };
}

function errorProblem(file: string, { at, message, advice }: YamlError): Problem {
  return fileProblem(file, 'file-is-yaml', { ...syntaxAdvice('YAML'), ...advice, got: message }, at);
}

/** Reads a file that holds exactly one YAML document. `file` is the name that problems show. */
export function readDocument(file: string, path: string): DocumentRead {
  const refuse = (rule: string, texts: Texts, at?: Location): DocumentRead => ({
    kind: 'problem',
    problem: fileProblem(file, rule, texts, at),
  });
  const source = readFile(file, path);
  if (source.kind === 'unreadable') return refuse('file-is-readable', source);
  if (source.kind === 'invalid') return { kind: 'problem', problem: errorProblem(file, source.error) };
  const [document, ...others] = source.documents;
  if (document !== undefined && others.length === 0) {
    const problems = source.hidden === null ? [] : [errorProblem(file, source.hidden)];
    return { kind: 'document', document, problems };
  }
  const got = document === undefined ? 'an empty file' : `${source.documents.length} documents`;
  return refuse('file-is-one-document', {
    got,
    expected: 'one YAML document',
    fix: `every key is described in ${pageOf('declaration.md')}`,
  });
}

/** The advice about a mistake of syntax in a file of this language. */
export function syntaxAdvice(language: string): Pick<Problem, 'expected' | 'fix'> {
  return { expected: language, fix: 'correct the syntax at this place' };
}

import { findHiddenCharacters } from '../../../domain/hidden-characters.ts';
import { SourceFault } from './source-fault.ts';

// Not in YAML at all, or a line break for YAML 1.1 (kubectl) and none for this parser.
const notYaml = /[^\P{Cc}\t\n\r]|\r(?!\n)|[\u2028\u2029\uFFFE\uFFFF]/u;

/** Removes the byte order marks at the start of documents: files of Windows that were put together have several. */
export function withoutByteOrderMarks(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll(/\uFEFF(?<=^---.*\r?\n\uFEFF)|\uFEFF(?<=^\uFEFF)(?=---\s)/gm, '');
}

/** Throws a SourceFault for the first character that is not of YAML, or that readers of YAML read differently. */
export function refuseControlCharacters(text: string): void {
  const control = text.search(notYaml);
  if (control !== -1) throw new SourceFault(control, nameOfControl(text.charCodeAt(control)), asEscape);
}

/** The fault of the first character that nobody sees, or null. The text is YAML all the same. */
export function findHiddenFault(text: string): SourceFault | null {
  const [first] = findHiddenCharacters(text, 1);
  if (first === undefined) return null;
  return new SourceFault(first.index, `a character that nobody sees: ${first.name}`, {
    expected: 'text that reads as it looks',
    fix: 'remove the character',
  });
}

const asEscape = {
  expected: 'text without control characters, as YAML requires',
  fix: 'remove the character, or write it in double quotes as an escape',
};

function nameOfControl(code: number): string {
  return `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

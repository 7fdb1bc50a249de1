import fc from 'fast-check';
import { hostileText, hostileValue } from './hostile-values.ts';

/** One change of a text, of a table or of a document of JSON, wherever it hits. */
export interface Edit {
  /** Numbers from which the place is chosen, whatever the text has. */
  readonly at: number;
  readonly place: number;
  readonly how: 'replace' | 'insert' | 'remove' | 'add';
  readonly text: string;
  readonly value: () => unknown;
}

/** Any edit. */
export const edits: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(),
  place: fc.nat(),
  how: fc.constantFrom('replace', 'replace', 'insert', 'insert', 'remove', 'add'),
  text: hostileText,
  value: hostileValue,
});

/** Edits a text: a cell of a table, a field of a document of JSON, or a word of any other text. */
export function editText(text: string, edit: Edit): string {
  return editJson(text, edit) ?? (text.includes('\t') ? editTable(text, edit) : editWord(text, edit));
}

/** Edits a field of a document of JSON. Null if the text is none, or has nothing in it. */
export function editJson(text: string, { at, place, how, text: hostile, value }: Edit): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const root = { whole: JSON.parse(text) as unknown };
  const places = placesIn(root);
  const chosen = places[at % places.length];
  if (chosen === undefined) return null;
  const { holder, key } = chosen;
  const former = holder[key];
  if (how === 'remove') delete holder[key];
  else if (how === 'add' && typeof former === 'object' && former !== null)
    Object.assign(former, Array.isArray(former) ? { [former.length]: value() } : { [hostile]: value() });
  else holder[key] = how === 'insert' && typeof former === 'string' ? inserted(former, hostile, place) : value();
  return JSON.stringify(root.whole) ?? '';
}

interface PlaceInJson {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesIn(value: unknown): readonly PlaceInJson[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

function editTable(text: string, { at, place, how, text: hostile }: Edit): string {
  const rows = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'));
  const row = rows[at % rows.length] ?? [];
  const cell = place % row.length;
  if (how === 'remove') rows.splice(at % rows.length, 1);
  else if (how === 'add') rows.push(row.map((one, index) => (index === cell ? hostile : one)));
  else row[cell] = how === 'insert' ? inserted(row[cell] ?? '', hostile, at) : hostile;
  return `${rows.map((one) => one.join('\t')).join('\n')}\n`;
}

function editWord(text: string, { at, place, how, text: hostile }: Edit): string {
  const words = text.split(/(\s+)/);
  const word = at % words.length;
  if (how === 'add') return `${text}${hostile}\n`;
  words[word] = how === 'remove' ? '' : how === 'insert' ? inserted(words[word] ?? '', hostile, place) : hostile;
  return words.join('');
}

function inserted(text: string, hostile: string, place: number): string {
  const at = place % (text.length + 1);
  return text.slice(0, at) + hostile + text.slice(at);
}

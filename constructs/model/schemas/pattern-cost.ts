/** The work of a search that may go back: `factor` times the length of the text to the power of `power`. */
interface Cost {
  readonly power: number;
  readonly factor: number;
}

const mostSteps = 10_000;
const longestPattern = 1000;

/**
 * A test for a pattern of a CustomResourceDefinition. A server searches in linear time; JavaScript goes back and may
 * never end. The test therefore accepts a text unread if the search may take long, and if JavaScript cannot read the
 * pattern.
 */
export function makePatternTest(pattern: string): (text: string) => boolean {
  const cost = costOf(pattern);
  if (cost === null) return () => true;
  const expression = compile(pattern);
  if (expression === null) return () => true;
  return (text) => cost.factor * text.length ** cost.power > mostSteps || expression.test(text);
}

// Null for one that only Go can read, such as `(?i)a`.
function compile(pattern: string): RegExp | null {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return null;
  }
}

// An escape, a class, the start of a group, a repetition with its lazy form, or any other character.
const token = /\\[pPux]\{[^}]*\}|\\.|\[\^?(?:\\.|[^\\\]])*\]|\((?:\?:)?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|./gsu;

interface Group {
  alternatives: number;
  /** Whether the text of the group may have several lengths or forms. */
  isVariable: boolean;
}

interface Search {
  readonly open: Group[];
  power: number;
  factor: number;
  /** Whether the atom before a repetition is a variable group. */
  atomVaries: boolean;
}

/** An upper bound of the cost, or null if it may be exponential: a repetition of something that varies. */
function costOf(pattern: string): Cost | null {
  if (pattern.length > longestPattern || /\\[1-9k]|\(\?(?!:)/.test(pattern)) return null;
  const whole: Group = { alternatives: 1, isVariable: false };
  const search: Search = { open: [whole], power: 0, factor: 1, atomVaries: false };
  for (const [piece] of pattern.matchAll(token)) {
    const repetition = repetitionOf(piece);
    const isBounded = repetition === null ? readAtom(search, piece) : readRepetition(search, repetition, piece);
    if (!isBounded) return null;
  }
  const isAnchored = pattern.startsWith('^') && whole.alternatives === 1;
  return { power: search.power + (isAnchored ? 0 : 1), factor: search.factor * whole.alternatives };
}

function readRepetition(search: Search, { power, factor }: Cost, piece: string): boolean {
  if (search.atomVaries && !piece.startsWith('?')) return false;
  search.power += power;
  search.factor *= factor;
  search.atomVaries = false;
  for (const group of search.open.slice(-1)) group.isVariable = true;
  return true;
}

function readAtom(search: Search, piece: string): boolean {
  const { open } = search;
  const group = open.at(-1);
  if (group === undefined) return false;
  search.atomVaries = false;
  if (piece === '|') group.alternatives += 1;
  if (piece === '(' || piece === '(?:') open.push({ alternatives: 1, isVariable: false });
  if (piece === ')') close(search, group);
  return true;
}

function close(search: Search, { alternatives, isVariable }: Group): void {
  search.open.pop();
  search.factor *= alternatives;
  search.atomVaries = isVariable || alternatives > 1;
  for (const around of search.open.slice(-1)) around.isVariable ||= search.atomVaries;
}

function repetitionOf(piece: string): Cost | null {
  if (piece === '*' || piece === '+' || piece === '*?' || piece === '+?') return { power: 1, factor: 1 };
  if (piece === '?' || piece === '??') return { power: 0, factor: 2 };
  const bounds = /^\{(\d+)(,?)(\d*)\}\??$/.exec(piece);
  if (bounds === null) return null;
  const [, least, comma, most] = bounds;
  if (comma === '') return { power: 0, factor: 1 };
  return most === '' ? { power: 1, factor: 1 } : { power: 0, factor: Math.max(1, Number(most) - Number(least) + 1) };
}

/** A text by its lines. Numbers of lines begin at 1. */
export interface Lines {
  readonly all: readonly string[];
}

/** A depth at which a line may begin, and what else begins there. */
interface Level {
  readonly blanks: number;
  readonly words: string;
  readonly isDash: boolean;
}

/** The text of a line. */
export const lineOf = ({ all }: Lines, line: number): string => all[line - 1] ?? '';

const isContent = (text: string): boolean => /^\s*[^\s#]/.test(text);

/** The next line with content below a line, or the line itself if there is none. */
export function nextContent(lines: Lines, line: number): number {
  for (let below = line + 1; below <= lines.all.length; below += 1) if (isContent(lineOf(lines, below))) return below;
  return line;
}

/** The last line with content above a line, or null. */
export function previousContent(lines: Lines, line: number): number | null {
  for (let above = line - 1; above > 0; above -= 1) if (isContent(lineOf(lines, above))) return above;
  return null;
}

/** How many blanks a line begins with. */
export const blanksOf = (text: string): number => text.length - text.trimStart().length;

/** The first word of a line, to name the line. Only a short and plain word: a line may hold a secret. */
export function wordOf(text: string): string {
  const [, word = ''] = text.match(/^[\s-]*["']?([\w./-]{1,30})["']?\s*(?::|$)/) ?? [];
  return word === '' ? 'the text' : `"${word}"`;
}

// A line of a list begins at two depths: its dash, and what stands behind the dash.
function levelsOn(lines: Lines, line: number): readonly Level[] {
  const text = lineOf(lines, line);
  const [dashes = ''] = text.match(/^\s*(?:- +)+/) ?? [];
  const own = { blanks: blanksOf(text), words: `like "-" on line ${line}`, isDash: true };
  const inner = {
    blanks: Math.max(dashes.length, own.blanks),
    words: `like ${wordOf(text)} on line ${line}`,
    isDash: false,
  };
  return dashes === '' ? [inner] : [inner, own];
}

/** The depths of the collections that a line may belong to, the innermost first. */
function levelsAbove(lines: Lines, line: number): readonly Level[] {
  const levels: Level[] = [];
  const last = previousContent(lines, line);
  const [key] = last === null ? [] : levelsOn(lines, last);
  if (last !== null && key !== undefined && /:\s*(#.*)?$/.test(lineOf(lines, last)))
    levels.push({ ...key, blanks: key.blanks + 2, words: key.words.replace('like', 'below') });
  // At the margin there is nothing outer.
  for (let above = last; above !== null && levels.at(-1)?.blanks !== 0; above = previousContent(lines, above))
    for (const level of levelsOn(lines, above))
      if (level.blanks < (levels.at(-1)?.blanks ?? Infinity)) levels.push(level);
  return levels;
}

const describe = ({ blanks, words }: Level): string => `${blanks}, ${words}`;

/** What a reader does about a line that begins at a depth where nothing else begins. */
export function adviseOnIndentation(lines: Lines, line: number) {
  const text = lineOf(lines, line);
  const blanks = blanksOf(text);
  const distance = (level: Level): number => Math.abs(level.blanks - blanks);
  const [first, ...others] = [...levelsAbove(lines, line)].sort((a, b) => distance(a) - distance(b));
  const [second] = others;
  const more = second === undefined ? '' : `; or begin it with ${describe(second)}`;
  const isEntry = first?.isDash === true && first.blanks === blanks && !/^\s*-(\s|$)/.test(text);
  const depth = first === undefined ? 'no blank' : describe(first);
  return {
    got: `${blanks} blank${blanks === 1 ? '' : 's'} before ${wordOf(text)}`,
    expected: 'as many blanks as the other keys or entries of the same mapping or list have',
    fix: `${isEntry ? `write "- " before it, ${first.words}` : `begin line ${line} with ${depth}`}${more}`,
  };
}

/** Whether an entry of a list stands above at another depth. */
export function isBesideEntries(lines: Lines, line: number): boolean {
  const blanks = blanksOf(lineOf(lines, line));
  return levelsAbove(lines, line).some((level) => level.isDash && level.blanks !== blanks);
}

/** What a reader does about a tab at the beginning of a line. */
export function adviseOnTab(lines: Lines, line: number) {
  const depths = levelsAbove(lines, line).slice(0, 2).map(describe);
  return {
    got: `a tab before ${wordOf(lineOf(lines, line))}`,
    expected: 'blanks: YAML allows no tab in the indentation of a line',
    fix: `replace the tab on line ${line} by blanks${depths.length === 0 ? '' : `: ${depths.join('; or ')}`}`,
  };
}

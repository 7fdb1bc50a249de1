/** A grammar of calls, as people read it. */
export interface WrittenGrammar {
  /**
   * A line for each form of a call. `?` after a word: it may be missing. `[ ... ]*`: these words may come any number of times. A
   * non-breaking blank stands for one inside of a word. Parentheses hold alternatives; everything else stands for itself.
   */
  readonly rules: readonly string[];
  /** Words that come together in several rules, by names in capitals. */
  readonly together: Readonly<Record<string, string>>;
  /** Patterns of words, by names that a rule writes in angle brackets. */
  readonly words: Readonly<Record<string, string>>;
}

/** Says whether a call may be made, given as the program and its arguments. */
export type Grammar = (call: readonly string[]) => boolean;

/** The grammar for the contexts of a plan, which rules write as `<context>`. */
export function makeGrammar({ rules, together, words }: WrittenGrammar, contexts: readonly string[]): Grammar {
  // No context: then nothing fits.
  const context = contexts.length === 0 ? '(?!)' : `(?:${contexts.map(literal).join('|')})`;
  const known = { ...words, context };
  const patterns = rules.map((rule) => {
    const whole = rule.replace(/\b[A-Z]{2,}\b/g, (name) => together[name] ?? name);
    return new RegExp(
      `^${whole
        .split(' ')
        .map((word) => patternOf(word, known))
        .join('')}$`,
      's',
    );
  });
  return (call) => {
    const text = call.map((word) => `${word}\0`).join('');
    return call.every((word) => !word.includes('\0')) && patterns.some((pattern) => pattern.test(text));
  };
}

function patternOf(word: string, known: Readonly<Record<string, string>>): string {
  if (word === '[') return '(?:';
  if (word === ']*') return ')*';
  const [bare, end] = word.endsWith('?') ? [word.slice(0, -1), '?'] : [word, ''];
  const parts = [...bare.replaceAll('\u00a0', ' ').matchAll(/<([a-z]+)>|[()|]|[^<>()|]+/g)].map(([part, name]) => {
    if (name !== undefined) return `(?:${known[name] ?? '(?!)'})`;
    return '()|'.includes(part) ? part : literal(part);
  });
  return `(?:${parts.join('')}\\0)${end}`;
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

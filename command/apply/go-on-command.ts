import { shellWord } from '../../constructs/delivery/shell-word.ts';

/**
 * The command with which a further run goes on at a wave: as it was given, with another beginning.
 *
 * @param given the words after `mesh-federation`
 */
export function goOnCommand(given: readonly string[], wave: string): string {
  const kept = given.filter(
    (word, index) => !word.startsWith('--from=') && word !== '--from' && given[index - 1] !== '--from',
  );
  return ['mesh-federation', ...kept, '--from', wave].map(wordOf).join(' ');
}

// The names of options are ours, and need no quotes.
const wordOf = (word: string): string => (/^--?[a-z][a-z-]*$/.test(word) ? word : shellWord(word));

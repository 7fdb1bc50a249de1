/** A text as one word of a command that a user may copy into a shell. */
export function shellWord(text: string): string {
  // A terminal must not see these characters raw. bash, zsh and ksh read this form.
  if (/\p{C}/u.test(text)) return `$'${text.replaceAll(/['\\]|\p{C}/gu, escaped)}'`;
  return /^[\w./][\w./@:=+,-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function escaped(character: string): string {
  if (/['\\]/.test(character)) return `\\${character}`;
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

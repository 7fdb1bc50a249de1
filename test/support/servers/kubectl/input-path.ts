/** Whether a path means the standard input of a program. */
export function isInput(path: string): boolean {
  return ['-', '/dev/stdin', '/dev/fd/0'].includes(path);
}

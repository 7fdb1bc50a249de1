/**
 * The unescaped segments of an RFC 6901 pointer, or null if the string is not a pointer. `""` is the whole document.
 */
export function parseJsonPointer(pointer: string): readonly string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A segment, escaped for an RFC 6901 pointer. */
export function escapePointerToken(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

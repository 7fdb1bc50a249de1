/** The unescaped segments of an RFC 6901 pointer, or null where the text is none. `""` is the whole document. */
export function parseJsonPointer(pointer: string): readonly string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A segment as it is written in an RFC 6901 pointer. */
export function escapePointerToken(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

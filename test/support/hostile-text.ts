import fc from 'fast-check';

/** Pieces of YAML that have been trouble for some reader of it. */
export const hostilePieces: readonly string[] = [
  '\n',
  '\n  ',
  '\n- ',
  ': ',
  '- ',
  ', ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '|\n  ',
  '>-\n  ',
  '? ',
  '#',
  '&a ',
  '*a',
  '*b ',
  '<<: ',
  '<<: *a',
  '---\n',
  '...\n',
  '%YAML 1.1\n---\n',
  '%TAG ! tag:example.org,2026:\n---\n',
  '!!js/function ',
  '!!binary ',
  '!x ',
  '!!set ',
  '0o17',
  '0644',
  '1e999',
  '.nan',
  '-0',
  '2026-01-01',
  '~',
  '__proto__',
  'constructor',
  'toString',
  'kind: List\nitems:\n- ',
  'kind: SecretList',
  'items: ',
  'apiVersion: ',
  'metadata: ',
  '\ufeff',
  '\u202e',
  '\u200d',
  '\u2028',
  '\u{E0041}',
  '\0',
  '\u001b[2J',
  '\r',
  '\t',
  '"\\ud800"',
  '"\\u202e"',
  '"\\0"',
  'é',
  '\u{1F469}\u200D\u{1F4BB}',
];

const repeated = fc
  .tuple(fc.constantFrom(...hostilePieces), fc.constantFrom(1, 1, 1, 1, 1, 1, 2, 3, 300, 3000))
  .map(([piece, count]) => piece.repeat(count));

/** A text with hostile pieces put in at some places, some of its characters taken out, and some bytes changed. */
export function hostileBytes(text: string): fc.Arbitrary<Buffer> {
  const edit = fc.record({
    at: fc.nat(text.length),
    removed: fc.oneof(fc.constant(0), fc.nat(40)),
    piece: fc.oneof(repeated, fc.string({ unit: 'binary', maxLength: 4 })),
  });
  const wrongByte = fc.option(fc.tuple(fc.nat(), fc.nat(255)), { freq: 8 });
  return fc.tuple(fc.array(edit, { maxLength: 4 }), wrongByte).map(([edits, byte]) => {
    const edited = edits.reduce(
      (now, { at, removed, piece }) => now.slice(0, at) + piece + now.slice(at + removed),
      text,
    );
    const bytes = Buffer.from(edited);
    if (byte !== null && bytes.length > 0) bytes[byte[0] % bytes.length] = byte[1];
    return bytes;
  });
}

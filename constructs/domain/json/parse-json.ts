/** A text as JSON; `undefined` if it is none. The form of the value is for a schema to check. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

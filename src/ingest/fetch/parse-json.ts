/** Returns the value of a JSON text, or undefined if it is invalid: the caller then misses the expected key, and reports that. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

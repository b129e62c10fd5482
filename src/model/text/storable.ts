/** Escapes that neither `text` nor `jsonb` can store: NUL and lone surrogates. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** Returns a text that PostgreSQL can store: NUL and lone surrogates, which only broken or hostile feeds send, become U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** Returns a value as JSON that `jsonb` can store, with all texts and keys as in `storableText`. `undefined` becomes null. */
export function storableJson(value: unknown): string {
  return storable(JSON.stringify(value) ?? "null");
}

/** Replaces what `jsonb` cannot store in JSON text. */
export function storable(json: string): string {
  return unstorable.test(json) ? JSON.stringify(storableValue(JSON.parse(json))) : json;
}

function storableValue(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [storableText(key), storableValue(member)]));
}

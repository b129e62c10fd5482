/** What neither `text` nor `jsonb` can hold: NUL, and halves of surrogate pairs. Looked for in the JSON, where they stand escaped. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** A text as PostgreSQL can hold it: NUL and lone surrogates, which only broken or hostile feeds send, become U+FFFD. */
export function storableText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** JSON of a value as `jsonb` can hold it; every text in it, keys included, as `storableText` gives it. `undefined` becomes null. */
export function storableJson(value: unknown): string {
  return storable(JSON.stringify(value) ?? "null");
}

/** The same for what is JSON already. */
export function storable(json: string): string {
  return unstorable.test(json) ? JSON.stringify(storableValue(JSON.parse(json))) : json;
}

function storableValue(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [storableText(key), storableValue(member)]));
}

/** Deepest nesting that is cleaned: a feed made of brackets must not exhaust the stack. */
const deepest = 64;

/** The record with the connector's noise (", gda_editeur_de_texte") taken out of every text, at any depth; the record itself where there is no noise. */
export function withoutNoise(values: Readonly<Record<string, unknown>>, noise: readonly string[]): Readonly<Record<string, unknown>> {
  if (noise.length === 0) return values;
  return cleaned(values, noise, 0) as Readonly<Record<string, unknown>>;
}

function cleaned(value: unknown, noise: readonly string[], depth: number): unknown {
  if (typeof value === "string") {
    let text = value;
    for (const piece of noise) if (text.includes(piece)) text = text.replaceAll(piece, "");
    return text;
  }
  if (value === null || typeof value !== "object" || depth > deepest) return value;
  if (Array.isArray(value)) return value.map((member) => cleaned(member, noise, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cleaned(member, noise, depth + 1)]));
}

/** Deeper values are not cleaned, so that a feed of brackets cannot exhaust the stack. */
const maxDepth = 64;

/**
 * Removes the connector's `noise` (", gda_editeur_de_texte") from the texts of a record. Returns the same object if the connector declares
 * no noise.
 */
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
  if (value === null || typeof value !== "object" || depth > maxDepth) return value;
  if (Array.isArray(value)) return value.map((member) => cleaned(member, noise, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cleaned(member, noise, depth + 1)]));
}

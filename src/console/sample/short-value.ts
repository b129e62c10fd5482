const longestText = 600;
const mostMembers = 20;

/** A value of a feed that is small enough to be shown: long texts and lists are cut, with an ellipsis. */
export function shortValue(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (depth > 4) return "…";
  if (Array.isArray(value)) {
    const shown = value.slice(0, mostMembers).map((member) => shortValue(member, depth + 1));
    return value.length > mostMembers ? [...shown, "…"] : shown;
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 200)
      .map(([key, member]) => [key, shortValue(member, depth + 1)]),
  );
}

import { counted } from "../../../french/typography.ts";

const mostNamed = 5;

/** `a, b, c, d, e et 12 autres`. */
export function namedFew(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return names.slice(0, mostNamed).join(", ") + (more > 0 ? ` et ${counted(more, "autre")}` : "");
}

import { comparableText } from "../text/comparable-text.ts";

/**
 * Returns an organisation's name for addresses, at most 120 characters: "Région Île-de-France" becomes `region-ile-de-france`. Returns an
 * empty text for a name without words.
 */
export function backerSlug(name: string): string {
  return comparableText(name).replaceAll(" ", "-").slice(0, 120).replace(/-+$/, "");
}

import { comparableText } from "../text/comparable-text.ts";

/** Returns a name for addresses, at most 120 characters: "Région Île-de-France" becomes `region-ile-de-france`. May be empty. */
export function backerSlug(name: string): string {
  return comparableText(name).replaceAll(" ", "-").slice(0, 120).replace(/-+$/, "");
}

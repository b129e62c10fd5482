import { comparableText } from "../text/comparable-text.ts";

/** Name of an organisation as addresses hold it: "Région Île-de-France" is `region-ile-de-france`. Empty where there is no word in it. At most 120 characters. */
export function backerSlug(name: string): string {
  return comparableText(name).replaceAll(" ", "-").slice(0, 120).replace(/-+$/, "");
}

import { cleanCharacters } from "../text/clean-characters.ts";
import { decodeEntities } from "./decode-entities.ts";
import { escapeText } from "./html-markup.ts";

/**
 * Converts plain text to canonical HTML: an empty line starts a paragraph; line breaks are kept; markup is shown as text; entities are
 * decoded; addresses do not become links. "a\r\nb\n\n<c>" gives `<p>a<br>b</p><p>&lt;c&gt;</p>`. Returns null without text. `cleanHtml`
 * does not change the result.
 */
export function plainTextToHtml(text: string): string | null {
  const sound = cleanCharacters(decodeEntities(cleanCharacters(text)))
    .replace(/ {2,}/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
  if (sound === "") return null;
  const paragraphs = sound.split(/\n{2,}/).map((paragraph) => `<p>${escapeText(paragraph).replaceAll("\n", "<br>")}</p>`);
  return paragraphs.join("");
}

import { cleanCharacters } from "../text/clean-characters.ts";
import { decodeEntities } from "./decode-entities.ts";
import { escapeText } from "./html-markup.ts";

/**
 * Plain text as canonical HTML: an empty line begins a paragraph, a line break stays one; markup is shown, not obeyed; entities are decoded; addresses are
 * not made into links. "a\r\nb\n\n<c>" gives `<p>a<br>b</p><p>&lt;c&gt;</p>`. Null where no text is left. `cleanHtml` leaves it as it is.
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

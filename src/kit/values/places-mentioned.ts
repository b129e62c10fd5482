import { foldPlaceName } from "../../model/territories/fold-place-name.ts";
import type { Perimeter, PerimeterScale } from "../../model/territories/perimeter.ts";
import { findPerimeterByName } from "../../model/territories/perimeters.ts";

/** Words in the longest name ("Provence-Alpes-Côte d'Azur" has five). */
const mostWords = 6;
/** Maximum length of the text, in characters: a title, not a page. */
const longestText = 2_000;
const articles = new Set(["le", "la", "les", "l"]);

/**
 * Finds territories by their full, capitalised names in a text, in order: "Économie circulaire en Île-de-France". "La Réunion" matches;
 * "réunion" and "Réunion d'information" do not.
 */
export function placesMentioned(text: string, scales: readonly PerimeterScale[]): Perimeter[] {
  const searched = text.slice(0, longestText);
  const words = [...searched.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((found) => ({
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }));
  const found: Perimeter[] = [];
  for (let first = 0; first < words.length; ) {
    let length = Math.min(mostWords, words.length - first);
    let place: Perimeter | undefined;
    for (; length > 0; length--) {
      const run = words.slice(first, first + length);
      place = placeNamed(
        searched.slice(run[0]?.start, run.at(-1)?.end),
        run.map((word) => word.text),
        scales,
      );
      if (place !== undefined) break;
    }
    if (place !== undefined) found.push(place);
    first += Math.max(1, length);
  }
  return found;
}

function placeNamed(name: string, words: readonly string[], scales: readonly PerimeterScale[]): Perimeter | undefined {
  const telling = words.find((word) => !articles.has(word.toLowerCase()));
  if (telling === undefined || !/^\p{Lu}/u.test(telling)) return undefined;
  const place = findPerimeterByName(name, scales);
  return place !== undefined && foldPlaceName(place.name) === foldPlaceName(name) ? place : undefined;
}

import { comparableText } from "../../../model/text/comparable-text.ts";
import { recognisePeople } from "../../../privacy/recognise-people.ts";

const maxLength = 60;
/** Numbers of people, files and places have at least this many digits. */
const digits = 6;
const address =
  /@|https?:|www\.|\b\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|avenue|av|boulevard|bd|place|chemin|impasse|all[ée]e|route|quai|cours|square)\b/i;

/**
 * Returns a search's words for counting, folded, at most 60 characters. Null if they may identify a person: a name, an address, a number.
 * Empty without words.
 */
export function countedKeyword(keyword: string): string | null {
  if (address.test(keyword) || keyword.replace(/\D/g, "").length >= digits) return null;
  if (recognisePeople(keyword).length > 0 || recognisePeople(capitalised(keyword)).length > 0) return null;
  return [...comparableText(keyword)].slice(0, maxLength).join("").trim();
}

/** People type names without capitals. */
function capitalised(text: string): string {
  return text.toLowerCase().replace(/(?<![\p{L}])\p{L}/gu, (letter) => letter.toUpperCase());
}

import { comparableText } from "../../../model/text/comparable-text.ts";
import { recognisePeople } from "../../../privacy/recognise-people.ts";

const most = 60;
/** Numbers of people, files and places have so many digits. */
const digits = 6;
const address =
  /@|https?:|www\.|\b\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|avenue|av|boulevard|bd|place|chemin|impasse|all[ée]e|route|quai|cours|square)\b/i;

/**
 * Words that were searched, folded, 60 characters at most, as they are counted. Null for what may be somebody's, which is not: a person,
 * an address, a number. Empty
 * where there is no word.
 */
export function countedKeyword(keyword: string): string | null {
  if (address.test(keyword) || keyword.replace(/\D/g, "").length >= digits) return null;
  if (recognisePeople(keyword).length > 0 || recognisePeople(capitalised(keyword)).length > 0) return null;
  return [...comparableText(keyword)].slice(0, most).join("").trim();
}

/** People type names without capitals. */
function capitalised(text: string): string {
  return text.toLowerCase().replace(/(?<![\p{L}])\p{L}/gu, (letter) => letter.toUpperCase());
}

import { DecodingMode, decodeHTML } from "entities/decode";

const entity = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i;

/** Entities of French letters and quotes without semicolon: "&oeliguvre" (Culture, 2022). Before `=` they are parameters of an address. */
const unclosedLetter =
  /&([aeiouyAEIOUY]acute|[aeiouAEIOU](?:grave|circ|uml)|[cC]cedil|[anoANO]tilde|oelig|OElig|aelig|AElig|[lr][sd]quo)(?=\p{L}|&\p{L})(?![\w-]*=)/gu;

/** Maximum number of layers of encoding that are decoded. */
const maxLayers = 5;

/**
 * Decodes one layer of named and numeric entities. Unknown entities such as `&inconnue;` stay. An entity without a semicolon stays before a
 * letter, a digit or `=`, as `&reg=idf` in an address, unless it is a French letter or quote.
 */
export function decodeEntitiesOnce(text: string): string {
  return text.includes("&") ? decodeHTML(withClosedLetters(text), DecodingMode.Attribute) : text;
}

/** Adds missing semicolons to entities of French letters and quotes: "&oeliguvre" gives "&oelig;uvre". */
export function withClosedLetters(text: string): string {
  return text.replace(unclosedLetter, "&$1;");
}

/** Returns true if the text contains a known entity with its semicolon. */
export function holdsEntity(text: string): boolean {
  return entity.test(text) && decodeEntitiesOnce(text) !== text;
}

/** Decodes entities, also double-encoded ones: "l&amp;rsquo;aide" and "l&rsquo;aide" give "l’aide". */
export function decodeEntities(text: string): string {
  let decoded = decodeEntitiesOnce(text);
  for (let layer = 1; layer < maxLayers && holdsEntity(decoded); layer++) decoded = decodeEntitiesOnce(decoded);
  return decoded;
}

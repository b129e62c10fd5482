import { DecodingMode, decodeHTML } from "entities/decode";

const entity = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i;

/**
 * French letters and quotes whose entity lacks its semicolon: "&oeliguvre" (Culture, 2022), "d&rsquoaide". Before `=` it is a parameter of
 * an address.
 */
const unclosedLetter =
  /&([aeiouyAEIOUY]acute|[aeiouAEIOU](?:grave|circ|uml)|[cC]cedil|[anoANO]tilde|oelig|OElig|aelig|AElig|[lr][sd]quo)(?=\p{L}|&\p{L})(?![\w-]*=)/gu;

/** More layers than this are not an accident of encoding. */
const maxLayers = 5;

/**
 * Decodes one layer of entities, named and numeric. Without a semicolon, only if no letter, digit or `=` follows (`&reg=idf` in an address
 * stays), or for French letters and quotes. Unknown entities (`&inconnue;`) stay.
 */
export function decodeEntitiesOnce(text: string): string {
  return text.includes("&") ? decodeHTML(withClosedLetters(text), DecodingMode.Attribute) : text;
}

/** Adds missing semicolons to entities of French letters and quotes: "&oeliguvre" gives "&oelig;uvre". */
export function withClosedLetters(text: string): string {
  return text.replace(unclosedLetter, "&$1;");
}

/** Returns true if the text contains an entity with its semicolon, so decoding would change it. */
export function holdsEntity(text: string): boolean {
  return entity.test(text) && decodeEntitiesOnce(text) !== text;
}

/** Decodes entities, including double-encoded ones: "l&amp;rsquo;aide" and "l&rsquo;aide" give "l’aide". */
export function decodeEntities(text: string): string {
  let decoded = decodeEntitiesOnce(text);
  for (let layer = 1; layer < maxLayers && holdsEntity(decoded); layer++) decoded = decodeEntitiesOnce(decoded);
  return decoded;
}

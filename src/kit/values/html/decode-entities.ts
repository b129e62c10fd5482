import { DecodingMode, decodeHTML } from "entities/decode";

const entity = /&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i;

/** French letters and quotes whose entity lost its semicolon: "&oeliguvre" (Culture, 2022), "d&rsquoaide". Before a `=` it is a parameter of an address. */
const unclosedLetter =
  /&([aeiouyAEIOUY]acute|[aeiouAEIOU](?:grave|circ|uml)|[cC]cedil|[anoANO]tilde|oelig|OElig|aelig|AElig|[lr][sd]quo)(?=\p{L}|&\p{L})(?![\w-]*=)/gu;

/** More layers than this are no accident of encoding. */
const mostLayers = 5;

/**
 * One layer of entities decoded: named and numeric ones; those without semicolon only where no letter, digit or `=` follows (`&reg=idf` in an address
 * stays), and French letters and quotes also before a letter. What is no entity (`&inconnue;`) stays as written.
 */
export function decodeEntitiesOnce(text: string): string {
  return text.includes("&") ? decodeHTML(withClosedLetters(text), DecodingMode.Attribute) : text;
}

/** French letters and quotes whose entity lost its semicolon, with it: "&oeliguvre" gives "&oelig;uvre". */
export function withClosedLetters(text: string): string {
  return text.replace(unclosedLetter, "&$1;");
}

/** True where decoding once more would change the text: an entity with its semicolon stands in it. */
export function holdsEntity(text: string): boolean {
  return entity.test(text) && decodeEntitiesOnce(text) !== text;
}

/** Entities decoded, double-encoded ones too: "l&amp;rsquo;aide" and "l&rsquo;aide" both give "l’aide". */
export function decodeEntities(text: string): string {
  let decoded = decodeEntitiesOnce(text);
  for (let layer = 1; layer < mostLayers && holdsEntity(decoded); layer++) decoded = decodeEntitiesOnce(decoded);
  return decoded;
}

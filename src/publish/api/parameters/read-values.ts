import { countKeywordWords, maxKeywordWords } from "../../../catalogue/search/read-keyword.ts";
import { parisMidnight } from "../../../kit/values/dates/paris-midnight.ts";
import type { PerimeterRef } from "../../../model/territories/perimeter.ts";
import { findPerimeter, findTerritories, parseInseeCode } from "../../../model/territories/perimeters.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { type Slug, slugsOf } from "../../../model/vocabularies.ts";
import { type NumberedVocabulary, termOfNumber } from "../../exports/numbers/term-numbers.ts";
import { placeSlug, territoriesNamed, territoryOfNumber } from "../../exports/numbers/territory-numbers.ts";
import { type ValueKind, valueKind, WrongValue } from "./parameter.ts";

const text = { type: "string" } as const;
const day = { type: "string", format: "date" } as const;

/** Slugs that public clients of Aides-territoires write and that its code does not tell, and ours. */
const slugsOfClients = { assainissement: "assainissement-des-eaux" } as const;

/** Slugs of a vocabulary, or their numbers; `_` counts as `-`, as older clients write it. */
export function termOf<Name extends NumberedVocabulary>(vocabulary: Name): ValueKind<Slug<Name>> {
  const slugs: readonly string[] = slugsOf(vocabulary);
  const { schema, read } = oneOf(slugs, vocabulary === "categories" ? slugsOfClients : {}) as ValueKind<Slug<Name>>;
  return valueKind(schema, (written) => {
    const number = /^\d{1,10}$/.test(written.trim()) ? Number(written) : null;
    if (number === null) return read(written);
    const term = termOfNumber(vocabulary, number);
    if (term === undefined) throw new WrongValue(`un numéro connu ici, ou ${slugs.join(", ")}`);
    return term;
  });
}

/** A keyword. Its words are limited, so that none is left out silently. */
export function keywordUpTo(maxLength: number): ValueKind<string> {
  const { schema, read } = textUpTo(maxLength);
  return valueKind(schema, (written) => {
    if (countKeywordWords(written) > maxKeywordWords) throw new WrongValue(`au plus ${maxKeywordWords} mots`);
    return read(written);
  });
}

/** A value that restricts nothing here, because lists are always so. `why`: what to do for the other values. */
export function only(values: readonly string[], why: string, schema: ValueKind<true>["schema"] = text): ValueKind<true> {
  return valueKind(schema, (written) => {
    if (!values.includes(written.trim().toLowerCase())) throw new WrongValue(`${values[0]} ; ${why}`);
    return true;
  });
}

/** One of some words. `others`: synonyms. `documented`: the words that the document names. */
export function oneOf<Word extends string>(
  words: readonly Word[],
  others: Readonly<Record<string, Word>> = {},
  documented: readonly string[] = words,
): ValueKind<Word> {
  return valueKind({ ...text, enum: documented }, (written) => {
    const asked = written.trim().toLowerCase().replaceAll("_", "-");
    const found = words.find((word) => word.replaceAll("_", "-") === asked) ?? (Object.hasOwn(others, asked) ? others[asked] : undefined);
    if (found === undefined) throw new WrongValue(documented.join(", "));
    return found;
  });
}

/** Yes or no, as forms and other languages write it. */
export const yesOrNo = valueKind({ type: "boolean" }, (written) => {
  const asked = written.trim().toLowerCase();
  if (["true", "1", "on", "yes", "oui"].includes(asked)) return true;
  if (["false", "0", "off", "no", "non"].includes(asked)) return false;
  throw new WrongValue("true ou false");
});

/** A number from 1 to a maximum. `isCut`: larger ones become the maximum. */
export function numberUpTo(max: number, usual: number, { isCut = false } = {}): ValueKind<number> {
  return valueKind({ type: "integer", minimum: 1, maximum: max, default: usual }, (written) => {
    const value = /^\d{1,9}$/.test(written.trim()) ? Number(written) : Number.NaN;
    if (isCut && value > max) return max;
    if (!(value >= 1 && value <= max)) throw new WrongValue(`un nombre entier, de 1 à ${max}`);
    return value;
  });
}

/** A number of an aid. */
export const aidNumber = valueKind({ ...text, pattern: "^[0-9]{1,15}$" }, (written) => {
  if (!/^\d{1,15}$/.test(written)) throw new WrongValue("des numéros d’aides, tels que 1000012");
  return Number(written);
});

/** A text up to a length. */
export function textUpTo(maxLength: number): ValueKind<string> {
  return valueKind({ ...text, maxLength }, (written) => {
    if (written.length > maxLength) throw new WrongValue(`au plus ${maxLength} caractères`);
    return written.trim();
  });
}

/** An existing calendar date. */
export const calendarDate = valueKind(day, (written) => {
  const asked = written.trim();
  if (!isDay(asked)) throw new WrongValue("une date AAAA-MM-JJ");
  return asked;
});

/** An instant, or a day as its beginning in Paris; read as an ISO instant. */
export const instant = valueKind({ anyOf: [day, { type: "string", format: "date-time" }] }, (written) => {
  const asked = written.trim();
  if (isDay(asked)) return parisMidnight(asked) ?? asked;
  // A `+` in an address is a blank.
  const iso = asked.replace(/ (?=\d{2}:?\d{2}$)/, "+");
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)$/.test(iso) && isDay(iso.slice(0, 10))) {
    const parsed = new Date(iso);
    if (!Number.isNaN(parsed.getTime())) return parsed.toISOString();
  }
  throw new WrongValue("une date AAAA-MM-JJ, ou un instant tel que 2026-11-24T03:00:00Z");
});

/**
 * Parses a territory: its number, with or without its name (`12000026-drome`), a name that only one territory has (`97843-grenoble`:
 * the number is unknown here), `department:26`, or an INSEE code: `DEP-26`, `REG-11`, `COM-26362`.
 */
export function territory(text: string): PerimeterRef {
  const [, number, slug] = /^(\d{1,10})(?:-([a-z0-9-]{1,120}))?$/.exec(text.trim().toLowerCase()) ?? [];
  if (number !== undefined) {
    const known = territoryOfNumber(Number(number));
    if (known !== undefined && (slug === undefined || slug === placeSlug(known.name))) return { scale: known.scale, code: known.code };
  }
  const name = slug ?? (/^[a-z][a-z-]{2,119}$/.test(text.trim()) ? text.trim() : undefined);
  if (name !== undefined) return uniquelyNamed(name);
  const [, scale, code] = /^([a-z]{1,20}):([A-Za-z0-9-]{1,16})$/.exec(text) ?? [];
  const asked = scale !== undefined && code !== undefined ? ({ scale, code } as PerimeterRef) : parseInseeCode(text.slice(0, 20));
  const found = asked && findPerimeter(asked)?.perimeter;
  if (!found) throw new WrongValue(expectedTerritory);
  return { scale: found.scale, code: found.code };
}

const expectedTerritory = "des territoires de /api/perimeters/?search=, ou department:26, region:53, DEP-26, REG-53, COM-26362";

function uniquelyNamed(slug: string): PerimeterRef {
  const named = territoriesNamed(slug);
  const [only] = named;
  if (only !== undefined && named.length === 1) return { scale: only.scale, code: only.code };
  if (only === undefined) throw new WrongValue(expectedTerritory);
  const choices = named.slice(0, 10).map(({ scale, code }) => `${scale}:${code}`);
  throw new WrongValue(`l’un des ${named.length} territoires de ce nom : ${choices.join(", ")}${named.length > 10 ? "…" : ""}`);
}

/** Like `territory`, plus bare codes as Aides-territoires accepts them, which match every scale: `84` is a department and a region. */
export function territories(text: string): PerimeterRef | readonly PerimeterRef[] {
  const found = /^[0-9AB]{2,9}$/i.test(text) ? findTerritories(text) : [];
  return found.length > 0 ? found.map(({ scale, code }) => ({ scale, code })) : territory(text);
}

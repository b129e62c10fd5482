import { countKeywordWords, maxKeywordWords } from "../../../catalogue/search/read-keyword.ts";
import { parisMidnight } from "../../../kit/values/dates/paris-midnight.ts";
import { backerSlug } from "../../../model/publisher/backer-slug.ts";
import type { PerimeterRef } from "../../../model/territories/perimeter.ts";
import { findPerimeter, findTerritories, parseInseeCode } from "../../../model/territories/perimeters.ts";
import { isDay } from "../../../model/text/is-day.ts";
import { type Slug, slugsOf } from "../../../model/vocabularies.ts";
import { type NumberedVocabulary, termOfNumber } from "../../exports/numbers/term-numbers.ts";
import { placeSlug, territoriesNamed, territoryOfNumber } from "../../exports/numbers/territory-numbers.ts";
import { WrongValue } from "./parameter.ts";

/** Parses a slug of a vocabulary, or its number; `_` counts as `-`, as older clients write it. */
export function termOf<Name extends NumberedVocabulary>(vocabulary: Name): (text: string) => Slug<Name> {
  const slugs: readonly string[] = slugsOf(vocabulary);
  const ofSlug = oneOf(slugs) as (text: string) => Slug<Name>;
  return (text) => {
    const number = /^\d{1,10}$/.test(text.trim()) ? Number(text) : null;
    if (number === null) return ofSlug(text);
    const term = termOfNumber(vocabulary, number);
    if (term === undefined) throw new WrongValue(`un numéro connu ici, ou ${slugs.join(", ")}`);
    return term;
  };
}

/** A name in a request, by number, by SIREN, by slug, or by number and slug as Aides-territoires writes it (`22-ademe`). */
export interface AskedName {
  readonly number: number | null;
  readonly slug: string | null;
}

/** Parses a name of `/api/backers/`, `/api/programs/` or `/api/project-references/`. `list`: address of the list. */
export function askedName(list: string): (text: string) => AskedName {
  return (text) => {
    const [, number, after] = /^(\d{1,15})(?:-(.+))?$/.exec(text.trim().slice(0, 300)) ?? [];
    if (number !== undefined) return { number: Number(number), slug: after === undefined ? null : backerSlug(after) };
    const slug = backerSlug(text.slice(0, 300));
    if (slug === "") throw new WrongValue(`des identifiants donnés par ${list}`);
    return { number: null, slug };
  };
}

/** Parses a keyword. Its words are limited, so that none is left out silently. */
export function keywordUpTo(maxLength: number): (text: string) => string {
  const ofLength = textUpTo(maxLength);
  return (text) => {
    if (countKeywordWords(text) > maxKeywordWords) throw new WrongValue(`au plus ${maxKeywordWords} mots`);
    return ofLength(text);
  };
}

/** Parses a value that restricts nothing here, because lists are always so. `why`: what to do for the other values. */
export function only(values: readonly string[], why: string): (text: string) => true {
  return (text) => {
    if (!values.includes(text.trim().toLowerCase())) throw new WrongValue(`${values[0]} ; ${why}`);
    return true;
  };
}

/** Parses one of some words. `others`: synonyms. */
export function oneOf<Word extends string>(words: readonly Word[], others: Readonly<Record<string, Word>> = {}): (text: string) => Word {
  return (text) => {
    const asked = text.trim().toLowerCase().replaceAll("_", "-");
    const found = words.find((word) => word.replaceAll("_", "-") === asked) ?? (Object.hasOwn(others, asked) ? others[asked] : undefined);
    if (found === undefined) throw new WrongValue(words.join(", "));
    return found;
  };
}

/** Parses yes or no, as forms and other languages write it. */
export function yesOrNo(text: string): boolean {
  const asked = text.trim().toLowerCase();
  if (["true", "1", "on", "yes", "oui"].includes(asked)) return true;
  if (["false", "0", "off", "no", "non"].includes(asked)) return false;
  throw new WrongValue("true ou false");
}

/** Parses a number in a range. */
export function numberFrom(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = wholeNumber(text);
    if (!(value >= min && value <= max)) throw new WrongValue(`un nombre entier, de ${min} à ${max}`);
    return value;
  };
}

/** Parses a number in a range; larger ones become the maximum. */
export function numberCutAt(min: number, max: number): (text: string) => number {
  const read = numberFrom(min, max);
  return (text) => (wholeNumber(text) > max ? max : read(text));
}

function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** Parses a text up to a length. */
export function textUpTo(max: number): (text: string) => string {
  return (text) => {
    if (text.length > max) throw new WrongValue(`au plus ${max} caractères`);
    return text.trim();
  };
}

/** Parses an existing calendar date. */
export function calendarDate(text: string): string {
  const asked = text.trim();
  if (!isDay(asked)) throw new WrongValue("une date AAAA-MM-JJ");
  return asked;
}

/** Parses an instant, or a day as its beginning in Paris, to an ISO instant. */
export function instant(text: string): string {
  const asked = text.trim();
  if (isDay(asked)) return parisMidnight(asked) ?? asked;
  // A `+` in an address is a blank.
  const iso = asked.replace(/ (?=\d{2}:?\d{2}$)/, "+");
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)$/.test(iso) && isDay(iso.slice(0, 10))) {
    const parsed = new Date(iso);
    if (!Number.isNaN(parsed.getTime())) return parsed.toISOString();
  }
  throw new WrongValue("une date AAAA-MM-JJ, ou un instant tel que 2026-11-24T03:00:00Z");
}

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

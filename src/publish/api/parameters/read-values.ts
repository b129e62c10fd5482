import type { PerimeterRef } from "../../../model/territories/perimeter.ts";
import { findPerimeter, findTerritories, parseInseeCode } from "../../../model/territories/perimeters.ts";
import { type Slug, slugsOf, type VocabularyName } from "../../../model/vocabularies.ts";
import { parisMidnight } from "../../exports/paris-midnight.ts";
import { WrongValue } from "./parameter.ts";

/** Parses a slug of a vocabulary; `_` counts as `-`, as older clients write it. */
export function slugOf<Name extends VocabularyName>(vocabulary: Name): (text: string) => Slug<Name> {
  const slugs: readonly string[] = slugsOf(vocabulary);
  return oneOf(slugs) as (text: string) => Slug<Name>;
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
  if (!isDate(asked)) throw new WrongValue("une date AAAA-MM-JJ");
  return asked;
}

/** Parses an instant, or a day as its beginning in Paris, to an ISO instant. */
export function instant(text: string): string {
  const asked = text.trim();
  if (isDate(asked)) return parisMidnight(asked) ?? asked;
  // A `+` in an address is a blank.
  const iso = asked.replace(/ (?=\d{2}:?\d{2}$)/, "+");
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)$/.test(iso) && isDate(iso.slice(0, 10))) {
    const parsed = new Date(iso);
    if (!Number.isNaN(parsed.getTime())) return parsed.toISOString();
  }
  throw new WrongValue("une date AAAA-MM-JJ, ou un instant tel que 2026-11-24T03:00:00Z");
}

/** Parses a territory: `department:26`, or an INSEE code: `DEP-26`, `REG-11`, `COM-26362`. */
export function territory(text: string): PerimeterRef {
  const [, scale, code] = /^([a-z]{1,20}):([A-Za-z0-9-]{1,16})$/.exec(text) ?? [];
  const asked = scale !== undefined && code !== undefined ? ({ scale, code } as PerimeterRef) : parseInseeCode(text.slice(0, 20));
  const found = asked && findPerimeter(asked)?.perimeter;
  if (!found)
    throw new WrongValue("des territoires tels que department:26, region:53, DEP-26, REG-53 ou COM-26362 (voir /api/perimeters/?q=)");
  return { scale: found.scale, code: found.code };
}

/** Like `territory`, plus bare codes as Aides-territoires accepts them, which match every scale: `84` is a department and a region. */
export function territories(text: string): PerimeterRef | readonly PerimeterRef[] {
  const found = /^[0-9AB]{2,9}$/i.test(text) ? findTerritories(text) : [];
  return found.length > 0 ? found.map(({ scale, code }) => ({ scale, code })) : territory(text);
}

function isDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text;
}

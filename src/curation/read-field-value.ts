import { readDateText } from "../kit/values/dates/read-date.ts";
import { cleanHtml } from "../kit/values/html/clean-html.ts";
import { cleanLine } from "../kit/values/text/clean-text.ts";
import { cleanUrl } from "../kit/values/text/clean-url.ts";
import { AidContent, isEmptyValue, type Organisation } from "../model/aid/aid.ts";
import { canonicalValue, emptyValue } from "../model/aid/canonical-value.ts";
import { type AidField, factsOf } from "../model/aid/field-table.ts";
import type { Objection, ValueCode } from "../model/plan/objection.ts";
import { PerimeterRef } from "../model/territories/perimeter.ts";
import { findPerimeter } from "../model/territories/perimeters.ts";
import { slugsOf, vocabularyNames } from "../model/vocabularies.ts";

/** The parsed value, or the objection to the text. */
export type FieldReading = { readonly value: unknown } | { readonly objection: Objection };

/** Parses a text that is not blank, or returns the code of the problem. */
type Reader = (text: string) => { readonly value: unknown } | { readonly code: ValueCode; readonly found?: string };

/** Parses a member of a list: a text, or a JSON value. */
type MemberReader = (member: unknown) => ReturnType<Reader>;

/**
 * Parses a field value that a person typed, cleans it like a feed's value, and checks it against the schema. A blank text empties the
 * field. Lists are JSON or separated by commas. Organisations are `name` or `name|SIREN`, territories `scale:code`, dates `2026-12-31` or
 * `31/12/2026`.
 */
export function readFieldValue(field: AidField, text: string): FieldReading {
  const read = text.trim() === "" ? { value: emptyValue(field) } : readerOf(field)(text.trim());
  if ("code" in read) return objection(read.code, field, read.found ?? text);
  if (isEmptyValue(read.value) && !AidContent.shape[field].safeParse(read.value).success) return objection("never-empty", field, text);
  const value = canonicalValue(field, read.value);
  const checked = AidContent.shape[field].safeParse(value);
  if (checked.success) return { value };
  return objection("out-of-bounds", field, text, checked.error.issues[0]?.message);
}

function objection(code: ValueCode, field: AidField, found: string, problem?: string): FieldReading {
  const vocabulary = vocabularyNames.find((name) => name === field);
  const allowed = problem ?? (vocabulary === undefined ? "" : slugsOf(vocabulary).join(", "));
  return { objection: { code, params: { field, found, allowed } } };
}

function readerOf(field: AidField): Reader {
  switch (factsOf(field).kind) {
    case "date":
      return readDay;
    case "link":
      return (text) => whole(cleanUrl(text), "not-a-link");
    case "html":
      return (text) => whole(cleanHtml(text), "no-text-left");
    case "flag":
      return readAnswer;
    case "percent":
    case "euros":
      return readNumber;
    case "organisations":
      return (text) => readList(text, readOrganisation);
    case "places":
      return (text) => readList(text, readTerritory);
    case "list":
      return (text) => readList(text, textMember(readLine));
    case "terms":
      return (text) => readList(text, textMember(termReader(field)));
    case "term":
    case "licence":
      return termReader(field);
    default:
      return readLine;
  }
}

/** Returns a parser for terms of the field's vocabulary. */
function termReader(field: AidField): Reader {
  const slugs: readonly string[] = vocabularyNames.filter((name) => name === field).flatMap((name) => slugsOf(name));
  return (text) => (slugs.includes(text) ? { value: text } : { code: "unknown-term", found: text });
}

function whole(value: string | null, code: ValueCode): ReturnType<Reader> {
  return value === null ? { code } : { value };
}

function readLine(text: string): ReturnType<Reader> {
  const line = cleanLine(text);
  return line === "" ? { code: "no-text-left" } : { value: line };
}

function readDay(text: string): ReturnType<Reader> {
  const read = readDateText(text, ["iso", "dd/MM/yyyy"], "Europe/Paris");
  return read.kind === "moment" && read.day !== null ? { value: read.day } : { code: "not-a-date" };
}

function readAnswer(text: string): ReturnType<Reader> {
  if (/^(yes|oui|true)$/i.test(text)) return { value: true };
  return /^(no|non|false)$/i.test(text) ? { value: false } : { code: "not-yes-or-no" };
}

function readNumber(text: string): ReturnType<Reader> {
  const plain = text.replace(/[\s%€]/g, "").replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? { value: Number(plain) } : { code: "not-a-number" };
}

/** Parses members separated by commas, or a JSON list of texts or objects. */
function readList(text: string, readMember: MemberReader): ReturnType<Reader> {
  const written = text.startsWith("[") ? listInJson(text) : text.split(",");
  if (written === null) return { code: "not-a-list" };
  const members: unknown[] = [];
  for (const member of written) {
    const plain = typeof member === "string" ? member.trim() : member;
    if (plain === "") continue;
    const read = readMember(plain);
    if ("code" in read) return { code: read.code, found: typeof plain === "string" ? plain : JSON.stringify(plain) };
    members.push(read.value);
  }
  return { value: members };
}

function listInJson(text: string): unknown[] | null {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : null;
  } catch {
    return null; // not JSON: the caller reports it
  }
}

/** Parses a member that is a text. */
function textMember(read: Reader): MemberReader {
  return (member) => (typeof member === "string" ? read(member) : { code: "not-a-list" });
}

function readOrganisation(member: unknown): ReturnType<Reader> {
  const [name = "", siren = "", ...more] = partsOf(member, "|", ["name", "siren"]).map((part) => cleanLine(part));
  const digits = siren.replace(/\s/g, "");
  if (name === "" || more.length > 0 || !/^(\d{9})?$/.test(digits)) return { code: "no-organisation" };
  return { value: { name, siren: digits === "" ? null : digits } satisfies Organisation };
}

function readTerritory(member: unknown): ReturnType<Reader> {
  const [scale = "", code = ""] = partsOf(member, ":", ["scale", "code"]).map((part) => part.trim());
  const ref = PerimeterRef.safeParse({ scale, code });
  const found = ref.success ? findPerimeter(ref.data)?.perimeter : undefined;
  return found === undefined ? { code: "no-territory" } : { value: found };
}

/** Returns the parts of `a|b`, or of `{ "name": "a", "siren": "b" }`. Values other than texts are empty. */
function partsOf(member: unknown, separator: string, keys: readonly string[]): string[] {
  if (typeof member === "string") return member.split(separator);
  if (typeof member !== "object" || member === null) return [];
  const named = new Map<string, unknown>(Object.entries(member));
  return keys.map((key) => named.get(key)).map((part) => (typeof part === "string" ? part : ""));
}

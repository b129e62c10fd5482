import { valueAt } from "../../kit/expressions/field-path.ts";
import { readLooseJson } from "../../kit/values/text/read-loose-json.ts";
import type { Values } from "../../model/run/decoded-record.ts";
import type { FieldProfile, ValueKind } from "../../model/survey/field-profile.ts";
import { listSeparator } from "../read/list-separator.ts";
import { countTexts, median, shareOf, textsOfField } from "./field-values.ts";
import { isEmail, isLink, isPhone, type Markup, markupOf } from "./single-values.ts";
import { shapesOf } from "./value-shapes.ts";
import { writtenDates } from "./written-dates.ts";

/** Maximum number of texts of a field that are examined. */
const maxTexts = 2_000;
const examplesShown = 4;
const maxExampleLength = 80;
/** Median length from which a field contains texts, not lines. */
const longText = 120;

const number = /^-?\d[\d\s.,]*(?:€|%|euros?|k€|m€)?$/i;
const yesNoWords = new Set(["true", "false", "oui", "non", "vrai", "faux", "yes", "no", "0", "1"]);
const words = new Set(["true", "false", "oui", "non", "vrai", "faux", "yes", "no"]);

/** Profiles the values at one path. */
export function profileField(path: string, records: readonly Values[], timeZone: string): FieldProfile {
  const perRecord = records.map((record) => textsOfField(record, path));
  const filled = perRecord.filter((texts) => texts.length > 0);
  const texts = filled.flat();
  const looked = texts.slice(0, maxTexts);
  const lengths = looked.map((text) => text.length);
  const medianLength = median(lengths);
  const isList = records.some((record) => Array.isArray(valueAt(record, path)));
  const dates = writtenDates(looked, timeZone);
  const counts = countTexts(texts);
  const kind = kindOf(looked, dates?.read ?? 0, medianLength);
  return {
    path,
    filled: filled.length,
    fill: records.length === 0 ? 0 : filled.length / records.length,
    isList,
    kind,
    shapes: shapesOf(looked),
    distinct: counts.size,
    isUnique: filled.length > 0 && countTexts(filled.map((members) => members.join("\n"))).size === filled.length,
    medianLength,
    longest: Math.max(0, ...lengths),
    separator: isList || !mayBeList(kind) ? null : listSeparator(looked),
    dateFormats: dates?.formats ?? [],
    datesRead: dates?.read ?? 0,
    examples: [...counts.values()].slice(0, examplesShown).map(({ text }) => shortened(text)),
  };
}

/** Returns a text on one line of limited length. */
export function shortened(text: string, longest = maxExampleLength): string {
  const line = Array.from(
    text
      .slice(0, longest * 4)
      .replace(/\s+/g, " ")
      .trim(),
  );
  return line.length > longest ? `${line.slice(0, longest - 1).join("")}…` : line.join("");
}

function kindOf(texts: readonly string[], datesRead: number, medianLength: number): ValueKind {
  if (texts.length === 0) return "empty";
  const most = (holds: (text: string) => boolean) => shareOf(texts, holds) >= 0.8;
  if (texts.every((text) => yesNoWords.has(text.trim().toLowerCase())) && texts.some((text) => words.has(text.trim().toLowerCase())))
    return "yes-no";
  if (datesRead >= 0.6) return "date";
  if (most(isPhone)) return "phone";
  if (most((text) => number.test(text.trim()))) return "number";
  if (most(isLink)) return "link";
  if (most(isEmail)) return "email";
  if (most(isJson)) return "json";
  return textKinds[markupOf(texts)] ?? (medianLength >= longText ? "text" : "line");
}

const textKinds: Partial<Record<Markup, ValueKind>> = { html: "html", markdown: "markdown", lines: "lines" };

/** Recognises a list or object in JSON or Python notation. */
function isJson(text: string): boolean {
  if (!/^\s*(?:\[.*\]|\{.*\})\s*$/s.test(text)) return false;
  const value = readLooseJson(text);
  return typeof value === "object" && value !== null;
}

function mayBeList(kind: ValueKind): boolean {
  return kind === "line" || kind === "text" || kind === "html" || kind === "lines";
}

import { createHash } from "node:crypto";
import { readFieldValue } from "../../curation/read-field-value.ts";
import { objectionMessage } from "../../french/objections.ts";
import { french, sentence } from "../../french/typography.ts";
import { frenchMember } from "../../french/values.ts";
import { htmlToMarkdown } from "../../kit/values/html/html-to-markdown.ts";
import { cleanMarkdown } from "../../kit/values/html/markdown-to-html.ts";
import { type AidField, isEmptyValue, type Organisation } from "../../model/aid/aid.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { asSent } from "../../model/text/as-sent.ts";
import { readTerritory } from "../parts/territory-field.ts";
import { controlOf } from "./field-controls.ts";

/** The content of a field's control: a text, or the ticked terms. */
export type Typed = string | readonly string[];

/** Returns a value as a person would type it. `readTyped` reads it back. */
export function typedValue(field: AidField, value: unknown): Typed {
  const control = controlOf(field);
  if (control === "terms") return (value ?? []) as readonly string[];
  if (isEmptyValue(value)) return "";
  if (control === "text") return htmlToMarkdown(String(value));
  if (control === "answer") return value === true ? "oui" : "non";
  if (control === "number") return String(value).replace(".", ",");
  if (control === "organisations") return (value as readonly Organisation[]).map(organisationLine).join("\n");
  if (control === "territories") return (value as readonly Perimeter[]).map((each) => frenchMember(field, each)).join("\n");
  return Array.isArray(value) ? value.join("\n") : String(value);
}

/** Maximum length of a text in a form. Longer texts can be edited from the command line. */
export const maxTypedLength = 200_000;

/** Returns a hash of the value that a form shows, to detect changes. */
export function typedMark(typed: Typed): string {
  const sent = typeof typed === "string" ? asSent(typed) : [...typed].sort().join("\n");
  return createHash("sha256").update(sent).digest("hex").slice(0, 16);
}

function organisationLine({ name, siren }: Organisation): string {
  return siren === null ? name : `${name} | ${siren}`;
}

/** A typed value, or its problem in French. */
type TypedReading = { readonly value: unknown } | { readonly problem: string };

/** Reads the control of a field. Cleans the value like a value of a feed, and checks it against the schema. */
export function readTyped(field: AidField, typed: Typed): TypedReading {
  if (typeof typed !== "string") return reading(field, JSON.stringify(typed));
  const control = controlOf(field);
  if (control === "text") return readText(field, typed);
  if (control === "lines") return reading(field, JSON.stringify(linesOf(typed)));
  if (control === "organisations") return reading(field, JSON.stringify(linesOf(typed).map(organisationOf)));
  if (control === "territories") return readTerritories(field, linesOf(typed));
  return reading(field, typed);
}

function reading(field: AidField, text: string): TypedReading {
  const read = readFieldValue(field, text);
  return "value" in read ? read : { problem: sentence(objectionMessage(read.objection)) };
}

function readText(field: AidField, typed: string): TypedReading {
  const html = cleanMarkdown(typed);
  if (html === null && typed !== "")
    return { problem: sentence(objectionMessage({ code: "no-text-left", params: { field, found: typed } })) };
  return reading(field, html ?? "");
}

/** Reads `nom | SIREN`, or a name without SIREN. */
function organisationOf(line: string): unknown {
  const [, name, siren] = /^(.*?)\s*\|\s*([\d\s]+)$/.exec(line) ?? [];
  return name === undefined ? { name: line, siren: "" } : { name, siren };
}

function readTerritories(field: AidField, lines: readonly string[]): TypedReading {
  const found: string[] = [];
  for (const line of lines) {
    const [territory, ...others] = readTerritory(line);
    if (territory === undefined) return { problem: sentence(objectionMessage({ code: "no-territory", params: { field, found: line } })) };
    if (others.length > 0) {
      const choices = [territory, ...others].map((each) => french`« ${frenchMember(field, each)} »`).join(", ");
      return { problem: french`« ${line} » peut désigner plusieurs territoires : écrivez ${choices}.` };
    }
    found.push(`${territory.scale}:${territory.code}`);
  }
  return reading(field, JSON.stringify(found));
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

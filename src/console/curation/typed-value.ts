import { createHash } from "node:crypto";
import { frenchMember } from "../../french/values.ts";
import { htmlToMarkdown } from "../../kit/values/html/html-to-markdown.ts";
import { type AidField, isEmptyValue, type Organisation } from "../../model/aid/aid.ts";
import type { Perimeter } from "../../model/territories/perimeter.ts";
import { controlOf } from "./field-controls.ts";

/** What stands in the controls of a field: one text, or the terms that are ticked. */
export type Typed = string | readonly string[];

/** A value of a field as a person would type it. `readTyped` gives the value back. */
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

/** Longest text that a form takes: what is longer is looked at, and corrected from the command line. */
export const longestTyped = 200_000;

/** Tells whether what was typed is what the form showed: a form carries it for each of its fields. */
export function typedMark(typed: Typed): string {
  const sent = typeof typed === "string" ? asSent(typed) : [...typed].sort().join("\n");
  return createHash("sha256").update(sent).digest("hex").slice(0, 16);
}

/** As a browser sends it, and pages show it. */
function asSent(text: string): string {
  return text
    .replace(/\p{Bidi_Control}/gu, "")
    .replace(/\r\n?/g, "\n")
    .trim();
}

function organisationLine({ name, siren }: Organisation): string {
  return siren === null ? name : `${name} | ${siren}`;
}

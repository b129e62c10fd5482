import { plainRulesOf } from "../../src/kit/rules/rule-paths.ts";
import type { Kind } from "./field-cases.ts";
import type { Field, Harness } from "./harness.ts";
import { knownWords, targetsIn } from "./known-words.ts";
import type { Probe } from "./place.ts";
import { separatorOf } from "./value-paths.ts";

const sample = "Sonde 77";
const holds = (text: string) => (out: unknown) => JSON.stringify(out ?? null).includes(text);
const probe = (value: unknown, isSeenIn: Probe["isSeenIn"]): Probe => ({ value, isSeenIn });

/** Identifiers are read unchanged. */
export const identifiers: Kind = {
  name: "identifier",
  fields: ["externalId"],
  probes: () => [probe("sonde-77", (out) => out === "sonde-77")],
};

/** The title. */
export const titles: Kind = { name: "title", fields: ["name"], probes: () => [probe(sample, (out) => out === sample)] };

/** Texts with markup. */
export const richTexts: Kind = {
  name: "text",
  fields: ["description", "eligibility", "contact"],
  probes: () => [probe(sample, (out) => typeof out === "string" && /^(<p>)?Sonde 77(<\/p>)?$/.test(out)), probe(sample, holds(sample))],
};

/** Dates. The probe uses the first notation of the rule. */
export const dates: Kind = {
  name: "date",
  fields: ["startDate", "predepositDate", "submissionDeadline", "sourceUpdatedDate"],
  probes: (harness, field) => formsOf(harness, field).map((form) => probe(dayIn(form, "2024-03-05"), (out) => out === "2024-03-05")),
};

/** Links. */
export const links: Kind = {
  name: "link",
  fields: ["originUrl", "applicationUrl", "importDataUrl"],
  probes: () => [probe("https://www.exemple.fr/sonde-77", (out) => out === "https://www.exemple.fr/sonde-77")],
};

/** Words of a vocabulary. The probe is a known word. */
export const words: Kind = {
  name: "word",
  fields: ["targetedAudiences", "categories", "aidTypes"],
  probes: (harness, field) => knownWords(harness, field).map((word) => probe(word, (out) => targetsIn(out, harness, field, word))),
};

/** Free lists. */
export const keywords: Kind = {
  name: "free list",
  fields: ["keywords", "programs"],
  probes: () => [probe([sample], holds(sample)), probe(sample, holds(sample))],
};

/** Financers. */
export const financers: Kind = { name: "financer", fields: ["financers"], probes: () => [probe(sample, holds(sample))] };

/** Territories. The probe is Bretagne, in the notation of the rule. */
export const territories: Kind = {
  name: "territory",
  fields: ["perimeters"],
  probes: () => ["53", "REG-53", "Bretagne", "Bretagne (Région)", "Aide en Bretagne"].map((value) => probe(value, holds('"Bretagne"'))),
};

/** Returns the date notations that a field's rule declares. */
export function formsOf(harness: Harness, field: Field): string[] {
  const rule = harness.ruleOf(field);
  return rule === undefined ? [] : plainRulesOf(rule).flatMap((plain) => (plain.kind === "date" ? plain.formats : []));
}

/** Returns a day (YYYY-MM-DD) in one of the notations that connectors declare. */
export function dayIn(form: string, day: string): string {
  const [year = "", month = "", date = ""] = day.split("-");
  if (form === "iso" || form === "iso-local") return day;
  const months = ["janvier", "février", "mars"];
  if (form === "french") return `${Number(date)} ${months[Number(month) - 1]} ${year}`;
  if (form === "rfc822") return `${date} ${["Jan", "Feb", "Mar"][Number(month) - 1]} ${year} 12:00:00 +0100`;
  return form.replace(/yyyy|yy|MMMM|MM|M|dd|d|HH|mm|ss/g, (token) => {
    const written: Record<string, string> = {
      yyyy: year,
      yy: year.slice(2),
      MMMM: months[Number(month) - 1] ?? "",
      MM: month,
      M: `${Number(month)}`,
    };
    return written[token] ?? { dd: date, d: `${Number(date)}` }[token] ?? "00";
  });
}

/** Returns the separator at which the field's rule splits a text. */
export function separator(harness: Harness, field: Field): string | null {
  const rule = harness.ruleOf(field);
  return rule === undefined ? null : separatorOf(rule);
}

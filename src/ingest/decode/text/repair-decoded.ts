import { type Issue, issue } from "../../../model/issue.ts";
import type { Decoded } from "../decoded.ts";
import { leadsElsewhere, linkOfText } from "../link-formula.ts";
import { isSuspect, repairText } from "./repair-text.ts";

type DecodedRecord = Extract<Decoded, { kind: "record" }>;

/** Deeper values are not repaired, so that a feed of brackets cannot exhaust the stack. */
const maxDepth = 64;

/**
 * Repairs the names and texts of decoded records: see `repairText`. A text that is the formula of a link becomes its label, and the record
 * has the field `<title> (link)`. Reports `encoded-twice`, `characters-broken` and `link-formula`, at most one of each per record.
 */
export function repairDecoded(decoded: Decoded): Decoded {
  if (decoded.kind === "record") return isSuspectRecord(decoded.values) ? repairRecord(decoded) : decoded;
  if (decoded.kind !== "fields" || !decoded.names.some(isSuspect)) return decoded;
  return { ...decoded, names: decoded.names.map((name) => repairText(name).text) };
}

function isSuspectRecord(values: Readonly<Record<string, unknown>>): boolean {
  for (const key in values) {
    const value = values[key];
    if (typeof value === "string" ? value.startsWith("=") || isSuspect(value) : isSuspectValue(value, 0)) return true;
    if (isSuspectName(key)) return true;
  }
  return false;
}

/** Names without suspect characters. The records of a feed have few different names. */
const soundNames = new Set<string>();
const maxSoundNames = 10_000;

function isSuspectName(name: string): boolean {
  if (soundNames.has(name)) return false;
  if (isSuspect(name)) return true;
  if (soundNames.size >= maxSoundNames) soundNames.clear();
  soundNames.add(name);
  return false;
}

function isSuspectValue(value: unknown, depth: number): boolean {
  if (typeof value === "string") return isSuspect(value);
  if (value === null || typeof value !== "object" || depth > maxDepth) return false;
  if (Array.isArray(value)) return value.some((member) => isSuspectValue(member, depth + 1));
  for (const key in value) {
    if (isSuspectName(key) || isSuspectValue((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return true;
  }
  return false;
}

function repairRecord(record: DecodedRecord): Decoded {
  const texts = new RepairedTexts();
  const { values, formula } = withoutLinkFormulas(texts.of(record.values, 0) as DecodedRecord["values"]);
  if (texts.repaired === null && texts.broken === null && formula === null) return record;
  const { locator } = record;
  const issues: Issue[] = [...(record.issues ?? [])];
  if (texts.repaired !== null) issues.push(issue("decode", "encoded-twice", { locator, value: texts.repaired }));
  if (texts.broken !== null) issues.push(issue("decode", "characters-broken", { locator, value: texts.broken }));
  if (formula !== null) issues.push(issue("decode", "link-formula", { locator, value: formula }));
  return { ...record, values, issues };
}

/** Replaces formulas of links by their labels and addresses. `formula` is the first one, or null. */
function withoutLinkFormulas(values: DecodedRecord["values"]): { values: DecodedRecord["values"]; formula: string | null } {
  let formula: string | null = null;
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const link = typeof value === "string" ? linkOfText(value) : null;
    read[name] = link?.label ?? value;
    if (link === null || link.label === null) continue;
    formula ??= String(value);
    if (leadsElsewhere(link.target, link.label) && !(`${name} (link)` in values)) read[`${name} (link)`] = link.target;
  }
  return { values: formula === null ? values : read, formula };
}

/** Repairs the texts of a record, and keeps an example of each finding. */
class RepairedTexts {
  /** The first repaired text, as received. */
  repaired: string | null = null;
  /** The first text with broken characters. */
  broken: string | null = null;

  of(value: unknown, depth: number): unknown {
    if (typeof value === "string") return isSuspect(value) ? this.#text(value) : value;
    if (value === null || typeof value !== "object" || depth > maxDepth) return value;
    if (Array.isArray(value)) return value.map((member) => this.of(member, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [isSuspect(key) ? this.#text(key) : key, this.of(member, depth + 1)]),
    );
  }

  #text(received: string): string {
    const { text, isRepaired, isBroken } = repairText(received);
    if (isRepaired) this.repaired ??= received;
    if (isBroken) this.broken ??= received;
    return text;
  }
}

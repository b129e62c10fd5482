import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type AidContent, type AidField, aidFields, isEmptyValue, type Organisation } from "../../model/aid/aid.ts";
import type { FieldPolicy } from "../../model/aid/field-policy.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import type { LiveAid } from "./live-aid.ts";

/** A field where the live value differs from the publisher's. */
export interface FieldDifference {
  readonly field: AidField;
  readonly publisher: unknown;
  readonly live: unknown;
}

const richTexts: ReadonlySet<AidField> = new Set<AidField>(["description", "eligibility", "projectExamples", "contact"]);
const organisationFields: ReadonlySet<AidField> = new Set<AidField>(["financers", "instructors"]);

/** Returns the exported fields that differ, in schema order. Differences in spelling do not count. */
export function differingFields(publisher: AidContent, live: Partial<AidContent>): FieldDifference[] {
  const differences: FieldDifference[] = [];
  for (const field of aidFields) {
    if (!Object.hasOwn(live, field)) continue;
    // The site stores the publisher's title only for aids it imported, so an empty one means nothing.
    if (field === "nameInitial" && isEmptyValue(live[field])) continue;
    const shown = comparable(field, publisher[field], live[field]);
    if (!isSame(field, publisher[field], shown)) differences.push({ field, publisher: publisher[field], live: shown });
  }
  return differences;
}

/**
 * Returns the live values that become a curator's edits, by field: different from the imported value, not empty, and with a policy other
 * than `publisher`. Fields missing from the export give no edit.
 */
export function adoptedEdits(
  imported: AidContent,
  live: Pick<LiveAid, "content">,
  policyOf: (field: AidField) => FieldPolicy,
): Partial<Record<AidField, unknown>> {
  const edits: Partial<Record<AidField, unknown>> = {};
  for (const { field, live: value } of differingFields(imported, live.content)) {
    if (policyOf(field) !== "publisher" && !isEmptyValue(value)) edits[field] = value;
  }
  return edits;
}

function isSame(field: AidField, publisher: unknown, live: unknown): boolean {
  // The site writes no and 0 for an unknown value.
  if (publisher === null && (live === false || live === 0)) return true;
  if (sameValue(field, publisher, live)) return true;
  if (!richTexts.has(field) || typeof publisher !== "string" || typeof live !== "string") return false;
  // The site's first generation indented its HTML, with blanks around every tag, inside words too.
  return sameValue(field, withoutBlanks(publisher), withoutBlanks(live));
}

function withoutBlanks(html: string): string {
  return html.replace(/\s+/g, "");
}

/**
 * Prepares a live value for comparison. The site has no SIREN, so an organisation with the publisher's name is the same, unless both have
 * one.
 */
function comparable(field: AidField, publisher: unknown, live: unknown): unknown {
  if (!organisationFields.has(field)) return live;
  const known = new Map((publisher as Organisation[]).map((organisation) => [foldTerm(organisation.name), organisation]));
  return (live as Organisation[]).map((organisation) => {
    const same = known.get(foldTerm(organisation.name));
    const isOther = same === undefined || (organisation.siren !== null && same.siren !== null && organisation.siren !== same.siren);
    return isOther ? organisation : same;
  });
}

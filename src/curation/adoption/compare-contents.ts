import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type AidContent, type AidField, aidFields, isEmptyValue, type Organisation } from "../../model/aid/aid.ts";
import type { FieldPolicy } from "../../model/aid/field-policy.ts";
import { holdsHtml, kindOf } from "../../model/aid/field-table.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import type { LiveAid } from "./live-aid.ts";

/** A field where the live value differs from the publisher's. */
export interface FieldDifference {
  readonly field: AidField;
  readonly publisher: unknown;
  readonly live: unknown;
}

/** What the site calls an aid. Publishers do not know it, so it is no difference. */
const siteIdentity: ReadonlySet<AidField> = new Set<AidField>(["siteNumber", "siteSlug", "sourceCreatedDate"]);

/** Returns the exported fields whose values differ, in schema order. Ignores differences in spelling. */
export function differingFields(publisher: AidContent, live: Partial<AidContent>): FieldDifference[] {
  const differences: FieldDifference[] = [];
  for (const field of aidFields) {
    if (!Object.hasOwn(live, field) || siteIdentity.has(field)) continue;
    // The site stores the publisher's title only for imported aids, so an empty title is no difference.
    if (field === "nameInitial" && isEmptyValue(live[field])) continue;
    const shown = comparable(field, publisher[field], live[field]);
    if (!isSame(field, publisher[field], shown)) differences.push({ field, publisher: publisher[field], live: shown });
  }
  return differences;
}

/**
 * Returns the live values that become a curator's edits, by field. These values are not empty and differ from the imported value, and the
 * field's policy is not `publisher`. So does the site's number, name in addresses and day of creation of the aid.
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
  for (const field of siteIdentity) {
    const value = live.content[field] ?? null;
    if (value !== null && !sameValue(field, imported[field], value)) edits[field] = value;
  }
  return edits;
}

function isSame(field: AidField, publisher: unknown, live: unknown): boolean {
  // The site writes `false` and 0 for an unknown value.
  if (publisher === null && (live === false || live === 0)) return true;
  if (sameValue(field, publisher, live)) return true;
  if (!holdsHtml(field) || typeof publisher !== "string" || typeof live !== "string") return false;
  // The first version of the site put blanks around every tag, even inside words.
  return sameValue(field, withoutBlanks(publisher), withoutBlanks(live));
}

function withoutBlanks(html: string): string {
  return html.replace(/\s+/g, "");
}

/**
 * Prepares a live value for comparison. The site has no SIREN, so organisations with the same name are equal unless both have different
 * SIRENs.
 */
function comparable(field: AidField, publisher: unknown, live: unknown): unknown {
  if (kindOf(field) !== "organisations") return live;
  const known = new Map((publisher as Organisation[]).map((organisation) => [foldTerm(organisation.name), organisation]));
  return (live as Organisation[]).map((organisation) => {
    const same = known.get(foldTerm(organisation.name));
    const isOther = same === undefined || (organisation.siren !== null && same.siren !== null && organisation.siren !== same.siren);
    return isOther ? organisation : same;
  });
}

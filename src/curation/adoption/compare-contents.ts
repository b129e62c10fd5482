import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type AidContent, type AidField, aidFields, isEmptyValue, type Organisation } from "../../model/aid/aid.ts";
import type { FieldPolicy } from "../../model/aid/field-policy.ts";
import { sameValue } from "../../model/aid/same-value.ts";
import type { LiveAid } from "./live-aid.ts";

/** A field in which what is online is not what the publisher says. */
export interface FieldDifference {
  readonly field: AidField;
  readonly publisher: unknown;
  readonly live: unknown;
}

const richTexts: ReadonlySet<AidField> = new Set<AidField>(["description", "eligibility", "projectExamples", "contact"]);
const organisationFields: ReadonlySet<AidField> = new Set<AidField>(["financers", "instructors"]);

/** The fields that the export tells and that differ, in the schema's order; a difference of spelling only is none. */
export function differingFields(publisher: AidContent, live: Partial<AidContent>): FieldDifference[] {
  const differences: FieldDifference[] = [];
  for (const field of aidFields) {
    if (!Object.hasOwn(live, field)) continue;
    // The site keeps the publisher's title of what it imported only: an empty one tells nothing.
    if (field === "nameInitial" && isEmptyValue(live[field])) continue;
    const shown = comparable(field, publisher[field], live[field]);
    if (!isSame(field, publisher[field], shown)) differences.push({ field, publisher: publisher[field], live: shown });
  }
  return differences;
}

/**
 * What of a live aid becomes a curator's edit when it is taken over, by field: what differs from what was imported, is not empty, and does not follow the
 * publisher (policy `publisher`). A field that the export does not tell gives no edit.
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
  // The site writes no and 0 where nobody said anything.
  if (publisher === null && (live === false || live === 0)) return true;
  if (sameValue(field, publisher, live)) return true;
  if (!richTexts.has(field) || typeof publisher !== "string" || typeof live !== "string") return false;
  // The site's first generation indented its HTML: blanks stand around every tag, inside words too.
  return sameValue(field, withoutBlanks(publisher), withoutBlanks(live));
}

function withoutBlanks(html: string): string {
  return html.replace(/\s+/g, "");
}

/** The live value as it can be compared. The site tells no SIREN: an organisation that the publisher names too is the publisher's, unless both tell one. */
function comparable(field: AidField, publisher: unknown, live: unknown): unknown {
  if (!organisationFields.has(field)) return live;
  const known = new Map((publisher as Organisation[]).map((organisation) => [foldTerm(organisation.name), organisation]));
  return (live as Organisation[]).map((organisation) => {
    const same = known.get(foldTerm(organisation.name));
    const isOther = same === undefined || (organisation.siren !== null && same.siren !== null && organisation.siren !== same.siren);
    return isOther ? organisation : same;
  });
}

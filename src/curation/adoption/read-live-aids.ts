import { identifier, readIdentifier } from "../../kit/rules/identifier.ts";
import type { RuleContext, TermLookup } from "../../kit/rules/rule-context.ts";
import { isBlank } from "../../kit/values/text/is-blank.ts";
import { AidContent, isEmptyValue } from "../../model/aid/aid.ts";
import { canonicalValue, emptyValue } from "../../model/aid/canonical-value.ts";
import type { IssueCode } from "../../model/issue.ts";
import { type Slug, slugsOf } from "../../model/vocabularies.ts";
import { ExportUnreadable } from "./export-unreadable.ts";
import { findRecords, type LiveRecord } from "./find-records.ts";
import type { LiveAid } from "./live-aid.ts";
import { knownKeys, type LiveField, liveFields } from "./live-fields.ts";
import { type LiveExport, readExportText } from "./read-export-text.ts";
import { siteTerms } from "./site-terms.ts";

/** Issues about values that were read anyway. */
const readAllTheSame: ReadonlySet<IssueCode> = new Set<IssueCode>([
  "blank-in-date",
  "blank-in-url",
  "url-without-scheme",
  "old-commune-code",
  "unsafe-markup",
]);

/**
 * Reads the aids of an export of Aides-territoires, in order: JSON of the public API or of `moisson aids --format aides-territoires`.
 * Unreadable values are in `unread` of the aid; a file that is no such export, or incomplete, is refused. Holds the whole export in
 * memory. `terms`: our labels and slugs, without a connector's term files, because the site uses our words. Throws `ExportUnreadable` with
 * file, position and what to do.
 */
export async function readLiveAids(exported: LiveExport, terms: TermLookup): Promise<LiveAid[]> {
  const labels = siteTerms(terms);
  const positions = new Map<string, string>();
  const aids: LiveAid[] = [];
  for (const record of findRecords(await readExportText(exported), exported.file)) {
    const aid = readLiveAid(record, exported.file, labels);
    const before = positions.get(aid.id);
    if (before !== undefined) {
      throw new ExportUnreadable(
        exported.file,
        record.position,
        `the id ${aid.id} is that of ${before} too: pages overlap; save them again`,
      );
    }
    positions.set(aid.id, record.position);
    aids.push(aid);
  }
  return aids;
}

function readLiveAid({ position, values }: LiveRecord, file: string, terms: TermLookup): LiveAid {
  const unread: LiveAid["unread"][number][] = [];
  const content: Record<string, unknown> = {};
  for (const known of liveFields) {
    const value = readField(known, contextOf(values, terms), (lost) => unread.push({ field: known.field, value: lost }));
    if (value !== undefined) content[known.field] = value;
  }
  for (const [key, value] of Object.entries(values)) {
    if (!knownKeys.has(key) && !isBlank(value)) unread.push({ field: key, value });
  }
  const id = textUnder("id", values, terms);
  if (id === null || isBlank(values.name)) {
    throw new ExportUnreadable(
      file,
      position,
      `no ${id === null ? "id" : "name"}: no aid of Aides-territoires; give its API's JSON as it came`,
    );
  }
  return {
    id,
    slug: textUnder("slug", values, terms),
    url: textUnder("url", values, terms),
    importId: textUnder("import_uniqueid", values, terms),
    nameInitial: (content as Partial<AidContent>).nameInitial ?? null,
    status: statusOf(textUnder("status", values, terms), terms, { file, position }),
    content: content as Partial<AidContent>,
    unread,
  };
}

/** Returns the value of a field, or undefined if it is missing or unreadable. `lose` is called for each value that the result lacks. */
function readField({ field, keys, read, isTold }: LiveField, context: RuleContext, lose: (value: unknown) => void): unknown {
  if (!keys.some((key) => Object.hasOwn(context.values, key)) || isTold?.(context.values) === false) return undefined;
  let isLost = false;
  const value = canonicalValue(
    field,
    read({
      ...context,
      report: ({ code, value: lost }) => {
        if (readAllTheSame.has(code)) return;
        isLost = true;
        lose(lost);
      },
    }) ?? emptyValue(field),
  );
  if (isLost && isEmptyValue(value)) return undefined;
  if (AidContent.shape[field].safeParse(value).success) return value;
  if (!isEmptyValue(value)) lose(value);
  return undefined;
}

function contextOf(values: RuleContext["values"], terms: TermLookup): RuleContext {
  // Relative links belong to the publisher's site, which is unknown, so they are unreadable.
  return { values, timeZone: "Europe/Paris", baseUrl: null, placeholders: new Set(), terms, report: () => undefined };
}

function textUnder(key: string, values: RuleContext["values"], terms: TermLookup): string | null {
  return readIdentifier(identifier(key), contextOf(values, terms));
}

function statusOf(written: string | null, terms: TermLookup, at: { readonly file: string; readonly position: string }): Slug<"status"> {
  if (written === null) return "published";
  const [slug] = terms.targetsOf("status", written) ?? [];
  const status = slugsOf("status").find((known) => known === slug);
  if (status !== undefined) return status;
  const known = slugsOf("status").join(", ");
  throw new ExportUnreadable(
    at.file,
    at.position,
    `the status ${JSON.stringify(written)} is none of ${known}: mend it or take the key out`,
  );
}

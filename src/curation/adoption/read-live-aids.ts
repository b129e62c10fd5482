import { Buffer } from "node:buffer";
import { identifier, readIdentifier } from "../../kit/rules/identifier.ts";
import type { RuleContext, TermFileName, TermLookup } from "../../kit/rules/rule-context.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { isBlank } from "../../kit/values/text/is-blank.ts";
import { AidContent, isEmptyValue } from "../../model/aid/aid.ts";
import { firstOwnNumber } from "../../model/aid/aid-slug.ts";
import { canonicalValue, emptyValue } from "../../model/aid/canonical-value.ts";
import type { IssueCode } from "../../model/issue.ts";
import { type Slug, slugsOf } from "../../model/vocabularies.ts";
import { ExportUnreadable, findLiveRecords, type LiveRecord } from "./find-live-records.ts";
import type { LiveAid } from "./live-aid.ts";
import { knownKeys, type LiveField, liveFields } from "./live-fields.ts";

/** Issues about values that could be read all the same. */
const readAllTheSame: ReadonlySet<IssueCode> = new Set<IssueCode>([
  "blank-in-date",
  "blank-in-url",
  "url-without-scheme",
  "misspelt-scheme",
  "old-commune-code",
  "unsafe-markup",
]);

/**
 * Reads the aids of an export, in order: JSON of Aides-territoires' API or of `moisson aids --format aides-territoires`. The whole export
 * is in memory. `terms`: our labels and slugs, which the site uses too, without a connector's term files. Throws `ExportUnreadable` if the
 * file is no such export or is incomplete.
 */
export async function readLiveAids(exported: LiveExport, terms: TermLookup): Promise<LiveAid[]> {
  const labels = siteTerms(terms);
  const positions = new Map<string, string>();
  const aids: LiveAid[] = [];
  for (const record of findLiveRecords(await readExportText(exported), exported.file)) {
    const aid = readLiveAid(record, exported.file, labels);
    const before = positions.get(aid.id);
    if (before !== undefined) {
      throw new ExportUnreadable(
        exported.file,
        record.position,
        `the id ${aid.id} also occurs at ${before}: pages overlap; save them again`,
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
    numberedBackers: [...numberedBackersIn(values.financers_full), ...numberedBackersIn(values.instructors_full)],
    unread,
  };
}

/** Returns the backers of a list that have a number of the site. */
function numberedBackersIn(list: unknown): LiveAid["numberedBackers"] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((backer: unknown) => {
    const { id: number, name } = (backer ?? {}) as { readonly id?: unknown; readonly name?: unknown };
    const isOfSite = typeof number === "number" && Number.isInteger(number) && number > 0 && number < firstOwnNumber;
    return isOfSite && typeof name === "string" && name.trim() !== "" ? [{ name: name.trim().slice(0, 300), number }] : [];
  });
}

/** Returns the value of a field, or undefined if it is missing or unreadable. Calls `lose` for each unreadable value. */
function readField({ field, keys, read, isApplicable: isTold }: LiveField, context: RuleContext, lose: (value: unknown) => void): unknown {
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
  // `baseUrl` is null, because the publisher's site is unknown. Relative links are unreadable.
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
    `the status ${JSON.stringify(written)} is none of ${known}: correct it or remove the key`,
  );
}

/** An exported file. `file`: its name, for messages. */
interface LiveExport {
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** An export of the whole site, with some 3,000 aids, has 20 MB. */
export const largestExportMegabytes = 200;

/** Decodes an export from UTF-8, or from UTF-16 with a byte order mark, which PowerShell writes. Throws `ExportUnreadable`. */
async function readExportText({ file, bytes }: LiveExport): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > largestExportMegabytes * 1e6) {
      throw new ExportUnreadable(
        file,
        null,
        `more than ${largestExportMegabytes} MB; an export of the whole site has about 20: give that file`,
      );
    }
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  const encoding = whole[0] === 0xff && whole[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(whole);
  } catch {
    throw new ExportUnreadable(
      file,
      null,
      "no text in UTF-8 (a spreadsheet, an archive?); give the JSON of Aides-territoires' API as it came",
    );
  }
}

/** Folded words of older versions of the site that are not in our vocabularies. */
const olderWords: Partial<Record<TermFileName, Readonly<Record<string, readonly string[]>>>> = {
  importShareLicence: { inconnu: ["unknown"] },
};

/**
 * Looks up a label of Aides-territoires among our labels, then among older ones. The site may write a category after its theme, separated
 * by `|` (until 2023) or ` / ` (since then). `own`: our labels and slugs.
 */
function siteTerms(own: TermLookup): TermLookup {
  return {
    targetsOf(file, term) {
      const known = own.targetsOf(file, term) ?? olderWords[file]?.[foldTerm(term)];
      return known === undefined && file === "categories" ? withoutTheme(term, own) : known;
    },
  };
}

/** Returns the terms of the longest ending of the label that is a category. */
function withoutTheme(label: string, own: TermLookup): readonly string[] | undefined {
  for (const { index, 0: separator } of label.matchAll(/\||\s\/\s/g)) {
    const targets = own.targetsOf("categories", label.slice(index + separator.length));
    if (targets !== undefined) return targets;
  }
  return undefined;
}

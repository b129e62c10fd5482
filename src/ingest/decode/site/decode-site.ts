import { type Details, pageFields } from "../../../kit/detail-pages.ts";
import { pageAddressOf } from "../../../kit/pages/page-address.ts";
import type { ReadPage } from "../../../kit/pages/read-page.ts";
import { isBlank } from "../../../kit/values/text/is-blank.ts";
import { type Issue, type IssueCode, type IssueParams, issue } from "../../../model/issue.ts";
import type { FailedPage } from "../../../model/run/site-archive.ts";
import type { Decoded, DecodeLimits, FeedPart } from "../decoded.ts";
import { openSite } from "./open-site.ts";
import { ArchivedPageReader } from "./read-archived-page.ts";

type ListedRecord = Extract<Decoded, { kind: "record" }>;

/** Statuses that say that a page is gone for good. */
const goneStatuses: ReadonlySet<number | undefined> = new Set([404, 410]);

/**
 * Reads a list and the pages of its records. A record whose page cannot be read is rejected, so that its aid stays as it is. A record whose
 * page is gone is left out, like a record that is no longer in the list. Keeps the records of the list in memory, and one page. A file that
 * is only the list has no pages. Throws the errors of `decodeList`.
 */
export async function* decodeSite(
  parts: readonly FeedPart[],
  details: Details,
  decodeList: (parts: readonly FeedPart[]) => AsyncIterable<readonly Decoded[]>,
  limits: DecodeLimits,
): AsyncGenerator<Decoded[]> {
  yield [{ kind: "fields", names: pageFields(details.read) }];
  const site = await openSite(parts);
  const waiting = new Map<string, ListedRecord[]>();
  let total: number | null = null;
  for await (const batch of decodeList(site.list)) {
    const ready: Decoded[] = [];
    for (const item of batch) {
      if (item.kind === "total") total = item.total;
      else if (item.kind !== "record") ready.push(item);
      else ready.push(...listed(item, details, site.listUrl, waiting));
    }
    yield ready;
  }

  const reader = new ArchivedPageReader(details, limits);
  let gone = 0;
  const outcome = (items: readonly Decoded[]) => {
    gone += items.filter(({ kind }) => kind === "issue").length;
    return [...items];
  };
  for await (const page of site.pages()) {
    const records = waiting.get(page.url) ?? [];
    if (records.length === 0) continue;
    waiting.delete(page.url);
    const failed = site.failed.get(page.url);
    const read = goneStatuses.has(failed?.status) ? null : await reader.read(page);
    yield outcome(
      records.map((record) => (read === null ? goneItem(record, page.url, failed) : readItem(record, page.url, read, failed, details))),
    );
  }
  for (const [url, records] of waiting) yield outcome(records.map((record) => unreadItem(record, url, site.failed.get(url))));
  // Records that are gone are not received.
  if (total !== null) yield [{ kind: "total", total: Math.max(0, total - gone) }];
}

/** Adds a record to those that wait for their page. Returns it as rejected if it has no address. */
function listed(record: ListedRecord, details: Details, list: string | null, waiting: Map<string, ListedRecord[]>): Decoded[] {
  const url = pageAddressOf(record.values, details, list);
  if (url === "left-out") return [];
  if (url === null) return [rejected(record, "page-failed", null, { reason: "no-address" })];
  waiting.set(url.href, [...(waiting.get(url.href) ?? []), record]);
  return [];
}

function readItem(record: ListedRecord, url: string, read: ReadPage, failed: FailedPage | undefined, details: Details): Decoded {
  const { locator } = record;
  if ("fault" in read) {
    const { fault, missing } = read;
    if (fault === "not-found" || fault === "sent-elsewhere") return goneIssue(locator, url, { reason: fault });
    return rejected(record, "page-unlike", url, { reason: fault, ...(missing.length > 0 && { missing: missing.join(", ") }) });
  }
  const values = merged(record.values, read.values, details.override);
  const stale = failed === undefined ? [] : [issue("decode", "page-stale", { locator, value: url, params: failureOf(failed) })];
  const issues = [...(record.issues ?? []), ...stale];
  return { ...record, values, ...(issues.length > 0 && { issues }) };
}

function unreadItem(record: ListedRecord, url: string, failed: FailedPage | undefined): Decoded {
  if (failed === undefined) return rejected(record, "page-waiting", url, {});
  return goneStatuses.has(failed.status) ? goneItem(record, url, failed) : rejected(record, "page-failed", url, failureOf(failed));
}

function goneItem({ locator }: ListedRecord, url: string, failed: FailedPage | undefined): Decoded {
  return goneIssue(locator, url, failed === undefined ? {} : failureOf(failed));
}

function goneIssue(locator: string, url: string, params: IssueParams): Decoded {
  return { kind: "issue", issue: issue("decode", "page-gone", { locator, value: url, params }) };
}

function failureOf({ code, status }: FailedPage): IssueParams {
  return { reason: code, ...(status !== undefined && { status }) };
}

function rejected(record: ListedRecord, code: IssueCode, url: string | null, params: IssueParams): Decoded {
  const found: Issue = issue("decode", code, { locator: record.locator, value: url, params });
  return { ...record, issues: [...(record.issues ?? []), found] };
}

type Values = Readonly<Record<string, unknown>>;

function merged(list: Values, page: Values, override: readonly string[]): Values {
  const values: Record<string, unknown> = { ...list };
  for (const [field, value] of Object.entries(page)) {
    if (isBlank(list[field]) || (override.includes(field) && !isBlank(value))) values[field] = value;
  }
  return values;
}

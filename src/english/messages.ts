import type { IssueCode, IssueParams } from "../model/issue.ts";
import type { GuardCode, GuardFinding } from "../model/plan/guard.ts";
import type { BudgetName } from "../model/run/run-budget.ts";
import type { Outcome, RunErrorCode } from "../model/run/run-error.ts";
import type { LeftOutReason } from "../publish/exports/left-out.ts";
import { pageFailure, pageFault, unreadPages } from "./site-pages.ts";

type Sentence = (params: IssueParams) => string;

/** What to do about a file that cannot be read. */
const advices: Readonly<Record<string, string>> = {
  "save-as-xlsx": "open it and save it as .xlsx",
  "ask-for-data": "ask the publisher for the data in it as a spreadsheet (.xlsx, .ods) or CSV",
  "declare-excel": 'declare decode: { format: "excel" }, or ask for the other file',
  "declare-xml": 'declare decode: { format: "xml" }',
  unpack: "extract the feed from the archive",
};

/** Kinds of files whose code says too little. */
const fileKinds: Readonly<Record<string, string>> = { "unreadable-xls": "an .xls workbook" };

const issueSentences: Record<IssueCode, Sentence> = {
  "broken-record": (p) => `the record cannot be decoded${p.reason ? `: ${p.reason}` : ""}`,
  "too-many-cells": (p) => `the row has filled cells beyond the last column${p.expected ? ` (${p.found} for ${p.expected})` : ""}`,
  "too-few-cells": (p) =>
    `the row is shorter than the header${p.expected ? ` (${p.found} cells for ${p.expected})` : ""}; missing cells are empty`,
  "repeated-header": () => "the header row is repeated among the records and was left out",
  "duplicate-column": (p) => `two columns have the same title${p.title ? ` "${p.title}"` : ""}; the second is read under "title (2)"`,
  "total-row": () => "a row with a sum was left out",
  "banner-row": () => "a row with text in a single cell was left out",
  "hidden-cells": (p) =>
    `the sheet has hidden rows or columns, which are read like the others${p.rows ? `; rows: ${p.rows}` : ""}${p.columns ? `; columns: ${p.columns}` : ""}`,
  "colours-ignored": () => "cells of one column have several colours; colours are not read",
  "blank-below-merges": () =>
    "the column has merged cells, which are repeated, and blank cells, which are not; to fill them, declare fillDown",
  "unnamed-column": (p) => `a column without title has values; it is read as "column ${p.column ?? "N"}"`,
  "wrong-encoding": () => "bytes that are not in the feed's encoding; read as windows-1252",
  "encoded-twice": () => "the texts were encoded in UTF-8 twice; repaired",
  "characters-broken": () => "characters are lost or illegible, and cannot be repaired",
  "link-formula": () => "the link is a spreadsheet formula without a result; its label and its address were read",
  "reading-changed": (p) =>
    p.delimiter === undefined
      ? `no record is under ${quotedPath(p.declared)} any more; the records were read under ${quotedPath(p.path)}`
      : `${delimiterName(p.declared)} no longer separates the columns; they were read with ${delimiterName(p.delimiter)}`,
  "cell-error": () => "the cell contains a spreadsheet error; read as empty",
  "announced-total-differs": (p) => `the feed announces ${p.announced} records and contains ${p.received}`,
  "licence-differs": (p) =>
    `the portal says ${p.portal === undefined ? "of no licence" : `that the licence is ${p.portal}`}, the connector ${p.licence}`,
  "page-waiting": () => "the page was not requested yet; a large site is read over several nights",
  "page-failed": (p) => `the page cannot be requested: ${pageFailure(p)}`,
  "page-unlike": (p) => `the page is not that of an aid: ${pageFault(p)}`,
  "page-stale": (p) => `the page cannot be requested: ${pageFailure(p)}; an older copy was read`,
  "page-gone": (p) => `the page is gone: ${p.status === undefined ? pageFault(p) : pageFailure(p)}; the aid counts as absent`,
  "missing-external-id": () => "no identifier: the record cannot be kept",
  "missing-name": () => "no title: the record cannot be kept",
  "name-too-long": (p) => `the title has ${p.length} characters, ${p.limit} are kept at most`,
  "name-too-long-to-publish": (p) => `the title has ${p.length} characters; at most ${p.limit} can be published`,
  "external-id-too-long": (p) => `the identifier has ${p.length} characters, ${p.limit} are kept at most`,
  "duplicate-id": () => "this identifier was read before in the same feed; the first record is kept",
  "exact-copy": () => "the record equals an earlier one of the same feed; it is read once",
  "text-too-long": (p) => `${p.length} characters where ${p.limit} fit; the field stays empty`,
  "html-in-text": () => "HTML where plain text was expected; it was cleaned as HTML",
  "unexpected-value": () => "a value of an unexpected type; the field stays empty",
  "expected-filled": () => "a field that every record should fill is empty",
  "unreadable-date": () => "the date cannot be read in the formats of this publisher; the field stays empty",
  "impossible-date": () => "there is no such day; the field stays empty",
  "text-for-date": () => "text instead of a date; the field stays empty",
  "blank-in-date": () => "blanks inside the date were removed",
  "deadline-before-start": (p) => `the deadline is before the opening (${p.start})`,
  "unreadable-url": () => "the link cannot be read; the field stays empty",
  "blank-in-url": () => "blanks inside the link were removed",
  "url-without-scheme": () => "the link had no https://, which was added",
  "misspelt-scheme": () => "the beginning of the link was misspelt and has been corrected",
  "unreadable-amount": () => "the amount cannot be read; the field stays empty",
  "foreign-currency": () => "the amount is not in euros; the field stays empty",
  "unreadable-rate": () => "the rate cannot be read; the field stays empty",
  "rate-out-of-range": () => "a rate outside 0 to 100 %; the field stays empty",
  "rate-bounds-inverted": (p) => `the lowest rate is above the highest (${p.upper} %)`,
  "unlikely-date": () => "a date that is far past or decades away",
  "permanent-call": () => "a call for projects that is said to be permanent; its deadline is missing",
  "says-closed": () => "the text says that the aid is closed, but its dates do not",
  "amount-without-unit": () => "an amount without a unit",
  "rate-above-100": () => "a rate of the aid above 100 %",
  "test-record": () => "looks like a test, not like an aid",
  "filler-text": () => "the text is filler (lorem ipsum)",
  "cut-text": () => "the text ends in mid-sentence",
  "placeholder-link": () => "the link leads to a test server or a placeholder, not to the aid",
  "outside-territory": () => "the aid applies only outside its publisher's territory",
  "without-territory": () => "the aid is closed and has no territory",
  "unreadable-yes-no": () => "neither a yes nor a no; the field stays empty",
  "out-of-scope": () => "not for our audiences; it is kept, but not reviewed",
  "unmapped-term": (p) => `this word is not mapped to a term yet${p.vocabulary ? ` (${p.vocabulary})` : ""}`,
  "unknown-perimeter": () => "an unknown territory",
  "old-commune-code": (p) => `the code of a territory that no longer exists${p.code ? `; replaced by ${p.code}` : ""}`,
  "unsafe-markup": () => "script or other active markup was removed from the text",
  "unreadable-json": () => "the cell should contain JSON and does not; read as empty",
  "section-not-found": () => "the heading that begins this section is not in the text",
  "field-never-seen": () => "the connector reads this field, but no record of this feed has it",
  "computed-failed": (p) => `the computed rule ${p.name ?? ""} failed${p.message ? `: ${p.message}` : ""}; the field stays empty`,
};

const delimiterNames: Readonly<Record<string, string>> = {
  ";": "the semicolon",
  ",": "the comma",
  "\t": "the tab",
  "|": "the vertical bar",
};

function delimiterName(delimiter: string | number | undefined): string {
  return delimiterNames[String(delimiter)] ?? "the declared delimiter";
}

function quotedPath(path: string | number | undefined): string {
  return path === undefined || path === "" ? "the root" : `"${path}"`;
}

/** Describes an issue. */
export function issueMessage(code: IssueCode, params: IssueParams): string {
  return issueSentences[code](params);
}

const outcomeSentences: Record<Outcome, string> = {
  applied: "applied",
  "applied-with-rejects": "applied; some records could not be kept",
  unchanged: "nothing changed",
  planned: "planned only: nothing was written",
  held: "HELD: nothing was written",
  unreachable: "the publisher's server could not be reached; trying again later may help",
  refused: "the feed is refused to us; a person must act",
  unreadable: "the response is not the expected feed; nothing was written",
  "stopped-early": "the feed ended early; nothing was written",
  cancelled: "cancelled",
  abandoned: "abandoned: another worker took over",
  failed: "failed because of an internal error",
};

/** Describes an outcome. */
export function outcomeMessage(outcome: Outcome): string {
  return outcomeSentences[outcome];
}

type GuardSentence = (finding: GuardFinding, params: NonNullable<GuardFinding["params"]>) => string;

const guardSentences: Record<GuardCode, GuardSentence> = {
  "path-missing": (_, p) => pathMissing(p),
  "rare-path-missing": (_, p) => pathMissing(p),
  "field-held": (g, p) => `${g.field} keeps its last values since ${p.day}, because ${p.by} holds it${p.note ? ` (${p.note})` : ""}`,
  "values-moved": (g, p) =>
    `${g.found} of ${p.of} aids now have, as ${namedFields(p)}, what another field contained ${shareThatHolds(g, p)}`,
  "titles-changed": (g, p) => `${g.found} of ${p.of} aids have a title without a word of the old one ${shareThatHolds(g, p)}`,
  "texts-shrunk": (g, p) => `${g.found} of ${p.of} aids lose more than half of their text (${namedFields(p)}) ${shareThatHolds(g, p)}`,
  "markup-appeared": (g, p) => `tags such as <p> become visible in ${g.found} of ${p.of} aids (${namedFields(p)}) ${shareThatHolds(g, p)}`,
  "characters-broken": (g, p) =>
    `accents or signs become unreadable in ${g.found} of ${p.of} aids (${namedFields(p)}) ${shareThatHolds(g, p)}`,
  "language-changed": (g, p) => `the texts of ${g.found} of ${p.of} aids are no longer in French ${shareThatHolds(g, p)}`,
  "dates-swapped": (g, p) =>
    `day and month of dates change places in ${g.found} of ${p.of} aids (${namedFields(p)}) ${shareThatHolds(g, p)}`,
  "nothing-received": (_, p) => `the feed contains no records${p.pastDay ? `; on ${p.pastDay} it contained ${p.pastReceived}` : ""}`,
  "none-valid": (_, p) =>
    `not one record of the feed could be kept${p.received === undefined ? "" : `: ${p.received} received, ${p.rejected} rejected, ${p.skipped} skipped`}`,
  "fewer-than-expected": (g) => `${g.found} valid records, where a healthy feed of this publisher has ${g.limit} at least`,
  "aids-gone": (g, p) => `${g.found} of ${p.of} aids are no longer in the feed ${shareThatHolds(g, p)}`,
  "new-ids": (g, p) =>
    `${g.found} of ${p.of} aids have identifiers that we do not know ${shareThatHolds(g, p)}${p.renamed ? `; ${p.renamed} of them are known under another identifier` : ""}`,
  "records-rejected": (g, p) => `${g.found} of ${p.of} records could not be kept ${shareThatHolds(g, p)}`,
  "field-emptied": (g, p) =>
    `${g.field}: ${g.found} of ${p.of} are empty; ${p.pastDay ? `on ${p.pastDay}, ${p.pastEmpty} of ${p.pastOf} were` : `${g.limit} hold`}`,
  "deadlines-past": (g, p) => `all ${g.found} deadlines of the feed are past; it closes ${p.closed} aids that were open`,
  "links-moved": (g, p) => `${g.found} of ${p.of} aids link to a host that this publisher never had ${shareThatHolds(g, p)}`,
  "dates-month-first": (g, p) =>
    `${g.field}: none of ${p.of ?? g.found} dates is after the twelfth of a month; somebody probably swapped day and month, and other dates are lost`,
  "first-run-of-draft": (g) => `the first run of a draft waits for a person, with ${g.found === 1 ? "1 aid" : `${g.found} aids`}`,
  "undone-before": (_, p) => `a run of this very feed was undone by ${p.by} on ${p.day}`,
  "unmapped-risen": (g, p) =>
    `${g.found} records have words that nobody has mapped; in ${p.runs === 1 ? "the last run" : `the last ${p.runs} runs`} at most ${p.highest} had`,
  "dates-swapped-elsewhere": (g, p) =>
    `no day is after the twelfth of a month, and day and month are swapped in ${g.found} of ${p.of} aids whose dates differ from ${p.from}`,
  "known-elsewhere": (g, p) =>
    `${g.found} of ${p.of} new aids are already in the catalogue, from ${p.from}${linkedToo(p.linked)}${also(p.maybe)}`,
  "sources-contradict": (g, p) => `${g.found} of ${p.of} aids contradict ${p.from} on dates, amounts, rates, audiences or territory`,
  "content-repeated": (g, p) => `the same ${g.field ?? "description"} is in ${g.found} of ${p.of} new or changed aids`,
  "dates-conventional": (g) => `${g.field}: all ${g.found} dates of new or changed aids are on the first of a month or on 31 December`,
  "deadlines-expired": (g) => `all ${g.found} deadlines of new or changed aids are past`,
};

function pathMissing({ path, was, wasOf, fields, to, same, of }: NonNullable<GuardFinding["params"]>): string {
  const serves = fields === undefined || fields === "" ? "" : `; the connector makes ${namedFields({ fields })} of it`;
  const replaced = to === undefined ? "" : `; "${to}" probably replaces it: ${same} of ${of} aids say the same`;
  return `"${path}" is missing from the feed, which filled it in ${was} of ${wasOf} records${replaced}${serves}`;
}

function namedFields({ fields = "" }: NonNullable<GuardFinding["params"]>): string {
  return String(fields).split(",").join(", ");
}

/** Returns the share that a guard found, and the share that trips it. */
function shareThatHolds({ found }: GuardFinding, { of, share }: NonNullable<GuardFinding["params"]>): string {
  const percent = (part: number) => `${Math.round(100 * part)} %`;
  return `(${percent(found / Number(of))}; ${percent(Number(share))} holds)`;
}

/** Describes the finding of a guard: two numbers and examples. */
export function guardMessage(finding: GuardFinding): string {
  const sentence = guardSentences[finding.code](finding, finding.params ?? {});
  return finding.examples.length === 0 ? sentence : `${sentence}, for example ${finding.examples.join(", ")}`;
}

const runErrorSentences: Record<RunErrorCode, Sentence> = {
  "timed-out": (p) => `no answer in time from ${p.url ?? "the server"}`,
  "connection-failed": (p) => `no connection to ${p.url ?? p.host ?? "the server"}${p.reason ? ` (${p.reason})` : ""}`,
  "tls-failed": (p) => `the certificate of ${p.host ?? p.url ?? "the server"} is not accepted${p.reason ? ` (${p.reason})` : ""}`,
  "server-busy": (p) => `the server answered ${p.status}${p.url ? ` at ${p.url}` : ""}`,
  "body-cut-short": (p) => `the answer broke off${p.url ? ` at ${p.url}` : ""}`,
  "http-refused": (p) => `the server answered ${p.status}${p.url ? ` at ${p.url}` : ""}: check address and rights`,
  "address-refused": (p) =>
    p.reason
      ? `${p.url ?? p.host ?? "the address"} cannot be asked: ${p.reason}`
      : `${p.host ?? p.url ?? "the address"} is not a public address; MOISSON_ALLOW_HOSTS lets a private one in`,
  "too-many-redirects": (p) => `too many redirects${p.url ? ` from ${p.url}` : ""}`,
  "token-refused": (p) => {
    const said = p.reason ? ` (${p.reason})` : "";
    if (p.status !== undefined) return `no token for the feed: ${p.url} answered ${p.status}${said}; check its secrets`;
    const why = p.limitKb === undefined ? `under "${p.path}" in the answer` : `in an answer of more than ${p.limitKb} KB`;
    return `no token for the feed ${why} of ${p.url}${said}`;
  },
  "missing-secret": (p) => `set ${p.variable}: it contains a secret that the feed requires${p.reason ? ` (${p.reason})` : ""}`,
  "secret-unreadable": (p) =>
    `${p.variable} was entered in the console and is encrypted under MOISSON_SECRET, which is ${p.isMissing ? "missing" : "another one"} here`,
  "forgotten-unknown": (p) =>
    `people were forgotten under MOISSON_SECRET, which is ${p.isMissing ? "missing" : "another one"} here: this feed could contain them again`,
  "missing-address": (p) => `set ${p.variable} to the address of the feed, or give --file or --url`,
  "no-such-file": (p) =>
    `the dataset has no file in the format ${p.format}${p.titled ? ` titled "${p.titled}"` : ""}; there are ${p.found || "none"}`,
  "site-refused": (p) => `the publisher of ${p.host} has asked us on ${p.day} not to read its site`,
  "connector-moved": (p) => `its aids have moved to the connector ${p.to}`,
  "robots-refused": (p) => `robots.txt disallows ${p.url ?? "the list"}`,
  "page-unlike": (p) => `the page is not the expected list: ${pageFault(p)}`,
  "too-large": (p) => {
    if (p.limitColumns !== undefined) return `the table has more than ${p.limitColumns} columns (${p.at})`;
    if (p.limitAttributes !== undefined) return `an element has more than ${p.limitAttributes} attributes (${p.at})`;
    return p.at === undefined ? `a page of the feed is larger than ${p.limitMb} MB` : `a record is larger than ${p.limitMb} MB (${p.at})`;
  },
  "decompression-limit": (p) =>
    p.ratio ? `the answer unpacks to more than ${p.ratio} times its size` : `the feed unpacks to more than ${p.limitMb} MB`,
  "html-page": (p) => `a web page instead of the feed${p.title ? `: "${p.title}"` : ""}`,
  "unsupported-file": (p) =>
    `the file is ${fileKinds[String(p.found)] ?? p.found ?? "of a kind"} that cannot be read${p.reason ? ` (${p.reason})` : ""}${p.advice ? `: ${advices[String(p.advice)] ?? p.advice}` : ""}`,
  "encrypted-file": () => "the file is protected by a password",
  malformed: (p) => `the feed is broken${p.at ? ` at ${p.at}` : ""}${p.reason ? `: ${p.reason}` : ""}`,
  "no-such-path": (p) =>
    `nothing is found under ${p.path ? `"${p.path}"` : "the record path"}: the shape of the feed has changed${p.software ? ` (the site is made with ${p.software}: see the factory site)` : ""}`,
  "no-such-sheet": (p) => `no sheet "${p.sheet}"${p.found ? `; there are ${p.found}` : ""}`,
  "no-header": () => "the feed has no header row",
  "empty-archive": () => "the archive contains no feed",
  "forbidden-xml": (p) => `the XML contains ${p.what ?? "a construct"}, which is refused`,
  "envelope-says-error": (p) => `the feed says that it is in error: ${p.key} is ${p.found}`,
  "all-rejected": (p) =>
    `not one of the first ${p.received} records could be kept, so the rest was not read: the feed has changed its shape`,
  "over-budget": (p) => overBudget(p),
  "walk-incomplete": (p) => {
    const unread = unreadPages(p);
    if (unread !== null) return unread;
    const came =
      p.announced === undefined ? `${p.received ?? "some"} records came` : `${p.received} of ${p.announced} announced records came`;
    const where = p.page === undefined ? "" : `, the walk broke off at page ${p.page}`;
    const division = p.division === undefined ? "" : ` of ${p.division}`;
    return `${came}${where}${division}${p.reason ? ` (${p.reason}${p.status ? `, ${p.status}` : ""})` : ""}`;
  },
  cancelled: (p) => `cancelled by ${p.by}; nothing was written`,
  "handed-back": () => "its worker was stopped; it waits in the queue again",
  "token-taken-over": () => "another run of this connector has begun since",
  "world-moved": (p) =>
    `${p.count === 1 ? "1 aid has" : `${p.count ?? "some"} aids have`} changed since the plan was made${p.aids ? `: ${p.aids}` : ""}${Number(p.count) > 20 ? ", …" : ""}; nothing was written (--skip-moved applies the rest)`,
  "plan-closed": (p) => `the plan is ${p.state === "none" ? "missing" : p.state}: nothing of it is left to apply`,
  "snapshot-missing": (p) =>
    Number(p.found) > 1
      ? `several snapshots begin with ${p.hash}; give more characters of the hash`
      : p.run === undefined
        ? `no snapshot ${p.hash ?? ""} is kept (at least four digits of its hash)`
        : `snapshot ${p.hash} is no longer kept: run ${p.run} read it on ${p.readOn}; docs/retention.md says for how long`,
  "storage-failed": (p) =>
    p.reason === "ENOSPC" || p.reason === "53100"
      ? "the disk of the catalogue is full"
      : p.reason === "42501"
        ? `the role of DATABASE_URL has no right to do this${p.detail ? ` (${p.detail})` : ""}: use the owner of the tables`
        : `the catalogue's storage failed${p.reason ? `: ${storageReasons[p.reason] ?? p.reason}` : ""}`,
  "process-ended": (p) =>
    p.signal === undefined
      ? `the process of the run ended with exit code ${p.exitCode}${p.reason ? `: ${p.reason}` : ""}`
      : `the process of the run was ended by ${p.signal}${p.signal === "SIGKILL" ? "; the machine may be short of memory" : ""}`,
  "process-silent": (p) => `the process of the run did not answer for ${p.seconds} s and was ended`,
  "out-of-memory": () => "the run needed more memory than its process may use",
  internal: (p) => `an error of ours${p.reason ? `: ${p.reason}` : ""}`,
};

/** Failures that an operator can correct, by the code of the system or the SQLSTATE. */
const storageReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "no server answers at the address in DATABASE_URL (ECONNREFUSED)",
  ENOTFOUND: "the host in DATABASE_URL is unknown (ENOTFOUND)",
  "28P01": "the server refuses the user or the password in DATABASE_URL (28P01)",
  "3D000": "the database in DATABASE_URL does not exist (3D000)",
  "53300": "the server has no free connection (53300)",
};

const overBudgetSentences: Record<Exclude<BudgetName, "rejects">, Sentence> = {
  seconds: (p) => `the run took more than ${p.limit} s`,
  cpuSeconds: (p) => `the run used more than ${p.limit} s of CPU time`,
  downloadMegabytes: (p) => `the feed is larger than ${p.limit} MB`,
  decodedMegabytes: (p) => `the feed unpacks to more than ${p.limit} MB`,
  pages: (p) => `the feed has more than ${p.limit} pages`,
  records: (p) => `the feed has more than ${p.limit} records`,
  memoryMegabytes: (p) => `the run needed more than ${p.limit} MB of memory`,
};

/** Names the budget that a run exceeded, its limit, and how to raise it. */
function overBudget(params: IssueParams): string {
  const name = String(params.budget) as keyof typeof overBudgetSentences;
  const setting = name === "memoryMegabytes" ? ", or MOISSON_PROCESS_MEMORY_MB for all" : "";
  return `${overBudgetSentences[name](params)}; if this is right for the feed, raise budget.${name} in its connector${setting}`;
}

/** Explains why a run failed. */
export function runErrorMessage(code: RunErrorCode, params: IssueParams): string {
  return runErrorSentences[code](params);
}

const leftOutSentences: Record<LeftOutReason, string> = {
  licence: "their publisher's licence does not allow open data",
  "perimeter-without-insee-code": "a territory without an INSEE code that the schema can hold",
  "separator-in-program": "the name of a programme contains |",
  "impossible-date": "a date that is not in the calendar",
  "missing-description": "no description",
  "description-too-long": "a description of more than 5,000 characters",
  "missing-eligibility": "no eligibility",
  "missing-type": "no type of aid",
  "missing-organisation": "neither an instructor nor a financer",
  "unreadable-url": "a link that is no address",
  "missing-audience": "no audience that the schema has a word for",
  "missing-perimeter": "no territory",
  "missing-source-updated-date": "no date of the publisher's last change",
  "duplicate-id": "another aid of the file has the same identifier",
  "invalid-value": "a value that the schema refuses",
};

/** Explains why aids are left out of an export. */
export function leftOutMessage(reason: LeftOutReason): string {
  return leftOutSentences[reason];
}

function linkedToo(linked: string | number | undefined): string {
  return Number(linked ?? 0) === 0 ? "" : `; ${linked} of them are linked to it`;
}

function also(maybe: string | number | undefined): string {
  return Number(maybe ?? 0) === 0 ? "" : `; ${maybe} more may be`;
}

import type { IssueCode, IssueParams } from "../../model/issue.ts";
import { pageFailure, pageFault } from "./site-pages.ts";

type Sentence = (params: IssueParams) => string;

const sentences: Record<IssueCode, Sentence> = {
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
  return sentences[code](params);
}

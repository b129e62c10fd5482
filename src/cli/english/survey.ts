import type { SourceReason } from "../../model/aid/source-value.ts";
import type { Evidence, EvidenceCode } from "../../model/survey/evidence.ts";
import type { FileKind } from "../../model/survey/file-kind.ts";
import { counted } from "./words.ts";

type Sentence = (params: Evidence["params"]) => string;

const sentences: Record<EvidenceCode, Sentence> = {
  "name-known": (p) => `"${p.path}" is a usual name for it`,
  "name-only": (p) => `"${p.path}" is empty in this feed; chosen for its name`,
  "no-known-name": (p) => `"${p.path}" has no name that we know; read so that nothing is lost`,
  "values-fit": (p) => `${p.share} % of the values of "${p.path}" can be read so`,
  "terms-known": (p) => `${p.known} of ${p.of} words are known`,
  given: () => "as it was given",
  usual: () => "no field contains it; the usual value, to be confirmed",
  "also-elsewhere": (p) => `from the field of ${p.field}`,
  platform: (p) => `as in every feed of ${p.name}`,
  "several-fields": (p) => `${p.count} fields together`,
  "part-of": (p) => `a part of "${p.path}"`,
  html: () => "HTML",
  markdown: () => "Markdown",
  "line-breaks": () => "plain text with line breaks",
  separated: (p) => `a list in one text, separated by ${JSON.stringify(p.separator)}`,
  "json-in-cell": () => "JSON in a cell",
  roles: (p) => `organisations with the role "${p.role}" in "${p.path}"`,
  "day-first": (p) => `day first: ${p.example}`,
  "month-first": (p) => `MONTH first: ${p.example}`,
  "day-or-month": () => "day or month first? No value is above 12; day first was chosen",
  "both-orders": (p) => `day first and month first in one field: ${p.example}, ${p.other}; ask the publisher`,
  "several-formats": (p) => `several formats: ${p.formats}`,
  "midnight-in-utc": (p) => `${p.hour}Z is midnight in Paris: the date is the local one`,
  "zone-not-meant": (p) => `${p.hour}Z is the end of a day: the zone is ignored, the date is used as written`,
  "no-end": (p) => `${p.text} stands for "no end"`,
  "not-all-read": (p) => `${p.share} % can be read, not "${p.example}"`,
  unique: (p) => `${counted(Number(p.count), "value")}, all different`,
  shared: (p) => `${p.shared} of ${p.count} records share the value of another: they would be lost`,
  "sometimes-empty": (p) => `${p.missing} records have none: they would be lost`,
  "row-number": () => "numbers in the order of the feed: a new aid in the middle renames all below it",
  "made-by-machine": () => "made by a machine: an aid that is entered again gets another identifier",
  "holds-path": () => "contains a path of the publisher's site: another site, another identifier",
  "is-link": () => "a link: an aid whose page moves is imported twice",
  "is-title": () => "made from the title: an aid with a corrected title is imported twice",
  "is-date": () => "a date: two aids of the same moment are one",
  "is-text": () => "a text that people rewrite",
  "given-anew": (p) => `"${p.path}" changes at each publication: all aids would be imported twice`,
  stable: (p) => `${p.share} % of the aids of the older file still have it`,
  changed: (p) => `only ${p.share} % of the aids of the older file still have it`,
  "few-records": (p) => `${counted(Number(p.count), "record")} only: too few to know what is unique`,
  "only-first-records": (p) => `the first ${p.looked} of ${p.received} records were looked at`,
  "records-broken": (p) => `${p.count} records cannot be decoded`,
  "cut-short": (p) => `the file breaks off or is damaged after ${p.received} records`,
  "announced-differs": (p) => `the feed announces ${p.announced} records and contains ${p.received}: are there more pages?`,
  "header-row": (p) => `titles are in row ${p.row}`,
  "hints-below": (p) => `${p.rows} row(s) of hints below the titles are left out`,
  "header-rows": (p) => `titles are in ${p.rows} rows from row ${p.row} on, joined with ">"`,
  "totals-left-out": (p) => `${p.rows} row(s) with sums are left out`,
  "banners-left-out": (p) => `${p.rows} row(s) with text in a single cell are left out: headings or notes`,
  "banner-field": (p) => `the heading above each group of records is read as "${p.field}"`,
  "filled-down": (p) => `the columns ${p.columns} have merged cells: blank cells repeat the cell above`,
  "hidden-cells": (p) => `hidden rows (${p.rows}) and columns (${p.columns || "none"}) are read like the others`,
  "colours-ignored": () => "cells of one column have several colours: their meaning is not read",
  "sheets-joined": (p) => `the sheets ${p.sheets} have the same columns: they are read as one list, with the sheet in "${p.field}"`,
  "keyed-records": (p) => `the records are the members of an object: their keys are read as "${p.field}"`,
  "file-field": (p) => `all files of the archive are read; the name of each is in "${p.field}"`,
  "other-lists": (p) => `records are taken from "${p.path}"; other lists: ${p.others}`,
  "pages-compared": (p) => `${p.count} of the ${p.of} pages of the list were compared: what they share became fields`,
  "other-sheets": (p) => `aids are taken from the sheet "${p.sheet}"; other sheets: ${p.others}`,
  "not-for-publication": (p) => `"${p.path}" is named as not to be published: it is not read`,
  drafts: (p) => `records whose "${p.path}" is ${p.states} are left out`,
  placeholder: (p) => `"${p.text}" means "nothing"`,
  "unreachable-key": () => "a field without a name cannot be read",
  "older-unread": () => "the older file has another format: it tells nothing",
  schema: (p) => `its columns are those of ${p.name}: ${p.columns}`,
  "names-recipients": (p) => `"${p.path}" names recipients: ${p.example}`,
  "registered-recipients": (p) => `"${p.path}" contains a SIREN or SIRET for each record: ${p.example}`,
  "amounts-granted": (p) => `"${p.path}" contains an amount for each record: ${p.example}`,
  "days-of-decision": (p) => `"${p.path}" contains dates of decisions or payments: ${p.example}`,
  "year-of-each": (p) => `"${p.path}" contains years: ${p.example}`,
  "projects-named": (p) => `"${p.path}" names projects: ${p.example}`,
  "organisations-as-titles": (p) => `"${p.path}" contains names of organisations or people: ${p.example}`,
  addresses: (p) => `postal addresses: ${p.path}`,
  "codes-with-labels": (p) => `codes with labels: ${p.path}`,
  "mostly-numbers": (p) => `${p.share} % of the fields are numbers`,
  "aids-for-whom": (p) => `"${p.path}" contains audiences: ${p.example}`,
  "kinds-of-aid": (p) => `"${p.path}" contains types of aid: ${p.example}`,
  deadlines: (p) => `deadlines: ${p.path}`,
  "conditions-written": (p) => `conditions: ${p.path}`,
  described: (p) => `descriptions: ${p.path}`,
  "page-of-each": (p) => `"${p.path}" links to a page for each record`,
  "titles-of-aids": (p) => `"${p.path}" contains titles of aids: ${p.example}`,
  "titles-of-calls": (p) => `"${p.path}" contains titles of calls: ${p.example}`,
  "calls-named": (p) => `"${p.path}" names calls: ${p.example}`,
  "nothing-typical": () => "no field is typical of aids, grants paid, projects, organisations or codes",
};

/** Describes evidence for or against a proposal. */
export function surveyEvidence({ code, params }: Evidence): string {
  return sentences[code](params);
}

const kinds: Readonly<Record<FileKind, string>> = {
  aids: "a list of aids",
  calls: "a list of calls for projects",
  "grants-paid": "a list of grants paid",
  projects: "a list of projects",
  organisations: "a list of organisations",
  nomenclature: "a list of codes",
  activities: "a list of aid activities of donors (IATI)",
  statistics: "statistics",
  unknown: "a file of unknown contents",
};

/** Describes what a file contains. */
export function fileKind(kind: FileKind): string {
  return kinds[kind];
}

/** Returns why a value is proposed for all aids of a source. */
export function sourceReason(reason: SourceReason): string {
  switch (reason.kind) {
    case "texts":
      return `${reason.agreeing} of the ${reason.of} aids that mention it`;
    case "usual":
      return "usual";
    case "unclear":
      return "the texts do not say clearly";
    case "publisher":
      return "the publisher";
    case "website":
      return reason.from === "publisher" ? "the publisher's website" : "the site of the links";
    case "no-deadline":
      return "no aid has a deadline";
  }
}

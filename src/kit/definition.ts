import { z } from "zod";
import { type AidField, aidFields, limits } from "../model/aid/aid.ts";
import { fieldPolicies } from "../model/aid/field-policy.ts";
import { reuseBases } from "../model/aid/reuse-basis.ts";
import { publisherKinds } from "../model/publisher/publisher-kinds.ts";
import { PerimeterRef } from "../model/territories/perimeter.ts";
import { slugsOf } from "../model/vocabularies.ts";
import { Budget } from "./budget.ts";
import { Details, fieldName } from "./detail-pages.ts";
import { Condition } from "./expressions/expression.ts";
import { Feed } from "./feed.ts";
import { FieldRules } from "./field-rules.ts";

/** The publisher and its licence. Never invent a licence: write `unknown`. */
const Publisher = z.strictObject({
  name: z.string().min(1),
  /** SIREN, nine digits. */
  siren: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  kind: z.enum(publisherKinds),
  territory: PerimeterRef,
  website: z.url({ protocol: /^https?$/ }).optional(),
  licence: z.enum(slugsOf("importShareLicence")),
  /** Reference of the agreement, if the licence is `agreement`. */
  agreement: z.string().min(1).optional(),
});

/** The legal basis on which records may be reused, as a proposal: see docs/open-data.md. `seen`: day on which somebody read the page. */
const Reuse = z
  .strictObject({
    basis: z.enum(reuseBases),
    page: z
      .url({ protocol: /^https$/ })
      .max(limits.url)
      .optional(),
    seen: z.iso.date().optional(),
    note: z.string().min(1).max(limits.line).optional(),
  })
  .refine(({ page, seen }) => (page === undefined) === (seen === undefined), { error: "page and seen belong together", path: ["seen"] });

const AidFieldName = z.enum(aidFields as [AidField, ...AidField[]]);
const share = z.number().min(0).max(1);
const encodings = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be"] as const;
const positiveRow = z.int().min(1);

/** Rows of a table that are not records. The same names are in the reports. */
const rowKinds = ["totals", "banners"] as const;
/** Kind of a row that is not a record: a sum, or a text in a single cell. */
export type RowKind = (typeof rowKinds)[number];
/**
 * Rows to leave out, each with an issue. `totals`: rows such as "Total général" with numbers only, and rows of several numbers without a label.
 * `banners`: rows with a text in a single cell of a table of three columns or more, such as a heading between groups or a note below the table.
 */
const leaveOut = z.array(z.enum(rowKinds)).min(1).optional();
/** Name of a sheet, or its position from 1 among the visible sheets. */
const sheet = z.union([z.string().min(1), positiveRow]);
const Decode = z.discriminatedUnion("format", [
  z.strictObject({
    format: z.literal("csv"),
    /** Detected from unquoted cells if not declared. */
    delimiter: z.enum([",", ";", "\t", "|"]).optional(),
    /** If not declared: from the byte order mark, else UTF-8 if the bytes are valid UTF-8, else windows-1252. */
    encoding: z.enum(encodings).optional(),
    /** Row of the header, from 1. */
    headerRow: positiveRow.default(1),
    leaveOut,
  }),
  z.strictObject({
    /** Excel (.xlsx, .xls) and OpenDocument (.ods) workbooks. */
    format: z.literal("excel"),
    /** A list contains sheets with the same layout, which are read as one list of records. */
    sheet: z.union([sheet, z.array(sheet).min(1).max(100)]).default(1),
    /** Field for the name of the record's sheet. */
    sheetField: fieldName.optional(),
    headerRow: positiveRow.default(1),
    /** Number of header rows. Titles in one column are joined: `Montant > min`. Default 1. */
    headerRows: z.int().min(1).max(5).optional(),
    /** Rows below the header that are not records (hints). */
    skipRows: z.int().min(0).default(0),
    /** Titles of columns whose blank cells repeat the cell above. Merged cells are always repeated. */
    fillDown: z.array(fieldName).min(1).optional(),
    leaveOut,
    /** Field for the text of the last banner above the record. Banners are then left out. */
    bannerField: fieldName.optional(),
  }),
  z.strictObject({
    format: z.literal("xml"),
    /** Path of the record element, such as `/flux/aide`, without prefixes. `*` matches any name. The first match of a list wins. */
    recordPath: z.union([z.string().startsWith("/"), z.array(z.string().startsWith("/")).min(1)]),
    /** Attribute that contains the field's name. With `name`, `<column name="titre">` is the field `titre`. */
    keyedBy: z.string().min(1).optional(),
  }),
  z.strictObject({
    format: z.literal("html"),
    /** CSS selector of the record elements in each page. */
    records: z.string().min(1),
    /** Where each field is in the record element: `selector`, `selector@attribute` or `html(selector)`. Empty: the element itself. */
    values: z.record(z.string().min(1), z.string()),
    /** Where the first page announces the number of records: a value of the whole page, whose first number counts. */
    total: z.string().min(1).optional(),
  }),
  z.strictObject({
    /** YAML 1.2. Several documents in a file are a list. Of a zip archive, all `.yaml` and `.yml` files are read, in the order of their names. */
    format: z.literal("yaml"),
    /** As for JSON, in each file. */
    recordPath: z.union([z.string(), z.array(z.string()).min(1)]).default(""),
    keyField: fieldName.optional(),
    fieldsUnder: z.string().min(1).optional(),
    /** Field for the name of the record's file in the archive. */
    fileField: fieldName.optional(),
  }),
  z.strictObject({
    format: z.literal("json"),
    /** Path of the records: `results`, `data.items`, or `""` for the root. A list contains alternatives; the first match wins. */
    recordPath: z.union([z.string(), z.array(z.string()).min(1)]).default(""),
    /** The records are the members of an object, `{"A12": {…}}`. This field receives their keys, and replaces a member of the same name. */
    keyField: fieldName.optional(),
    /** Key of an object inside the record whose members become fields of the record. */
    fieldsUnder: z.string().min(1).optional(),
    /** One JSON value per line (JSON Lines). */
    lines: z.boolean().default(false),
    /** Key at the root with the announced number of records. */
    total: z.string().min(1).optional(),
    /** Keys at the root with their required values. Any other value means that the feed reports an error. */
    mustBe: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
]);

/** Aids that our audiences cannot use. They are stored and searchable, but not reviewed. Curators see `reason`. */
const OutOfScope = z.strictObject({ when: Condition, reason: z.string().min(1).max(limits.line) });

/** Condition that a record must meet. The report lists skipped records by `reason`, or by field and value if it is missing. */
const KeepWhen = z.strictObject({ when: Condition, reason: z.string().min(1).optional() });

/** The strict schema of a connector. It refuses unknown keys. */
export const ConnectorDefinition = z
  .strictObject({
    /** Must equal the file name. */
    id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case words joined by hyphens"),
    publisher: Publisher,
    /** Short French name of this feed among those of its publisher, such as `Horizon Europe`. Needed if the publisher has several. */
    title: z.string().min(1).max(80).optional(),
    /** Proposed legal basis for the reuse of the records. A person confirms it before records without an open licence go out. */
    reuse: Reuse.optional(),
    state: z.enum(["draft", "active", "paused", "retired"]).default("active"),
    /** Why the connector is paused or retired. */
    because: z.string().min(1).optional(),
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .default("fr"),
    /** The publisher's IANA time zone. */
    timeZone: z.string().min(1).default("Europe/Paris"),
    /** Prefix that Aides-territoires adds to the publisher's identifiers, such as `IDF_`. Only the export to Aides-territoires uses it. */
    importIdPrefix: z.string().min(1).optional(),
    /** Cron expression, Europe/Paris. */
    schedule: z.string().min(9).optional(),
    /** For uploaded feeds: maximum number of days between two files. The digest then asks for the next. Excludes `schedule`. */
    rhythm: z.strictObject({ everyDays: z.int().min(1).max(1100) }).optional(),
    feed: Feed,
    decode: Decode,
    /** The page of each record, for feeds that are lists of pages: see connectors/README.md. */
    details: Details.optional(),
    /** Conditions that a record must meet to be imported. Other records are skipped. */
    keepWhen: z.union([Condition, z.array(KeepWhen).min(1)]).optional(),
    /** The first match moves the aid to "out of scope". */
    outOfScope: z.array(OutOfScope).min(1).optional(),
    /** Fields of the feed that no rule reads, on purpose. */
    ignored: z.array(z.string().min(1)).default([]),
    /** Texts that mean "empty" in this feed. They are compared folded, with the whole value. */
    placeholders: z.array(z.string().min(1)).default([]),
    /** Texts removed wherever they occur in a value (", gda_editeur_de_texte"). */
    noise: z.array(z.string().min(1)).default([]),
    fields: FieldRules,
    /** If aids share a title, the value of the first of these fields that differs is added to it in brackets. */
    tellApartBy: z.array(z.string().min(1)).optional(),
    /** Owner of fields after publication, where it differs from the default in docs/curation.md. */
    policy: z.partialRecord(AidFieldName, z.enum(fieldPolicies)).default({}),
    /** Fields that the publisher can empty. In other fields, an empty value in the feed changes nothing. */
    emptyMeansEmpty: z.array(AidFieldName).default([]),
    /** How much of `contact` exports contain: all, shared mailboxes and services, or nothing. See docs/privacy.md. */
    contacts: z.enum(["keep", "mailbox", "leave-out"]).default("keep"),
    /** Minimum absence before an aid is withdrawn: number of complete, applied runs, and of days. */
    absence: z.strictObject({ runs: z.int().min(1).default(3), days: z.int().min(0).default(7) }).prefault({}),
    /** Treatment of aids that other connectors bring too: see docs/curation.md. */
    otherSources: z
      .strictObject({
        /** Certain pairs are linked without a person, if the other connector allows it too. */
        link: z.boolean().default(false),
        /** Connector -> fields in which this connector's values replace those of the other one. */
        rules: z.record(z.string().min(1), z.union([z.literal("all"), z.array(AidFieldName).min(1)])).default({}),
      })
      .prefault({}),
    /** Limits of guards that differ from the defaults, as shares. 1 disables a guard: see docs/guards.md. */
    guards: z
      .strictObject({
        gone: share.optional(),
        newIds: share.optional(),
        rejected: share.optional(),
        linksMoved: share.optional(),
        paths: share.optional(),
        shifted: share.optional(),
        /** Minimum fill rate by field. */
        filled: z.partialRecord(AidFieldName, share).optional(),
      })
      .default({}),
    /** Budgets of a run that differ from the defaults: see connectors/README.md. */
    budget: Budget.optional(),
    expect: z
      .strictObject({
        /** Minimum number of records. With fewer, the run is held. Ignored for a file given by hand. */
        atLeast: z.int().min(1).optional(),
        /** Fields of the feed that must not be empty. An empty value is an issue. */
        filled: z.array(z.string().min(1)).optional(),
      })
      .default({}),
  })
  .refine(({ feed, decode }) => feed.split === undefined || (decode.format === "json" && decode.total !== undefined), {
    error: "split requires JSON with a total",
    path: ["decode", "total"],
  })
  .refine(({ details, decode }) => details === undefined || decode.format !== "excel", {
    error: "lists of pages are HTML, XML, JSON, CSV or YAML",
    path: ["decode", "format"],
  })
  .refine(({ details, feed }) => details === undefined || feed.dataset === undefined, {
    error: "the list of a site has an address, not a dataset",
    path: ["feed", "dataset"],
  })
  .refine((connector) => connector.because !== undefined || connector.state === "active" || connector.state === "draft", {
    error: "a paused or retired connector requires because",
    path: ["because"],
  })
  .refine(({ rhythm, schedule }) => rhythm === undefined || schedule === undefined, {
    error: "a connector that is fed by hand has no schedule",
    path: ["rhythm"],
  });

/** A checked connector with its defaults. */
export type Connector = Readonly<z.output<typeof ConnectorDefinition>> & { readonly fields: FieldRules };

/** A connector as written in a file. */
export type ConnectorInput = Readonly<Omit<z.input<typeof ConnectorDefinition>, "fields">> & { readonly fields: FieldRules };

export type DecodeOptions = Connector["decode"];

/** Defines a connector. Returns the argument unchanged; the registry checks it and adds defaults. */
export function defineConnector(definition: ConnectorInput): ConnectorInput {
  return definition;
}

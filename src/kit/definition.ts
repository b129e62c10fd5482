import { z } from "zod";
import { type AidField, aidFields, limits } from "../model/aid/aid.ts";
import { fieldPolicies } from "../model/aid/field-policy.ts";
import { publisherKinds } from "../model/publisher/publisher-kinds.ts";
import { PerimeterRef } from "../model/territories/perimeter.ts";
import { slugsOf } from "../model/vocabularies.ts";
import { Condition } from "./expressions/expression.ts";
import { Feed } from "./feed.ts";
import { FieldRules } from "./field-rules.ts";

/** The publisher and its licence. Addresses and licences are never invented: an unknown licence is `unknown`. */
const Publisher = z.strictObject({
  name: z.string().min(1),
  /** SIREN, nine digits, if it has one. */
  siren: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  kind: z.enum(publisherKinds),
  /** The publisher's territory. */
  territory: PerimeterRef,
  website: z.url({ protocol: /^https?$/ }).optional(),
  licence: z.enum(slugsOf("importShareLicence")),
  /** Reference of the agreement, if the licence is `agreement`. */
  agreement: z.string().min(1).optional(),
});

const AidFieldName = z.enum(aidFields as [AidField, ...AidField[]]);
const share = z.number().min(0).max(1);
const encodings = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be"] as const;
const positiveRow = z.int().min(1);

/** Format of the bytes. */
const Decode = z.discriminatedUnion("format", [
  z.strictObject({
    format: z.literal("csv"),
    /** Detected, ignoring quoted cells, if not declared. */
    delimiter: z.enum([",", ";", "\t", "|"]).optional(),
    /** Detected (BOM, else valid UTF-8, else windows-1252) if not declared. */
    encoding: z.enum(encodings).optional(),
    /** Row of the header, from 1. */
    headerRow: positiveRow.default(1),
  }),
  z.strictObject({
    /** Excel (.xlsx) and OpenDocument (.ods) workbooks. */
    format: z.literal("excel"),
    /** Name of the sheet, or its position from 1 among the visible sheets. */
    sheet: z.union([z.string().min(1), positiveRow]).default(1),
    headerRow: positiveRow.default(1),
    /** Rows below the header that are not records (hints). */
    skipRows: z.int().min(0).default(0),
  }),
  z.strictObject({
    format: z.literal("xml"),
    /**
     * Path of the repeated element from the root, `/flux/aide`; `*` matches any one name. Or a list of alternatives. Without namespace
     * prefixes.
     */
    recordPath: z.union([z.string().startsWith("/"), z.array(z.string().startsWith("/")).min(1)]),
    /** Attribute that names a record's fields if its elements do not: with `name`, `<column name="titre">` is `titre`. */
    keyedBy: z.string().min(1).optional(),
  }),
  z.strictObject({
    format: z.literal("html"),
    /** CSS selector of a record's element in each page. */
    records: z.string().min(1),
    /**
     * Field -> its place in the record: a CSS selector, followed by `@attribute` for an attribute, or `html(selector)` for markup. Empty
     * for the record's own element.
     */
    values: z.record(z.string().min(1), z.string()),
  }),
  z.strictObject({
    format: z.literal("json"),
    /**
     * Path of the records: `""` for the root (a list, or one object), `results`, `data.items`; or declared alternatives, the first match
     * wins. Never guessed.
     */
    recordPath: z.union([z.string(), z.array(z.string()).min(1)]).default(""),
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

/** Records that are not for our audiences: stored and searchable, but not reviewed. Curators see `reason`. */
const OutOfScope = z.strictObject({ when: Condition, reason: z.string().min(1).max(limits.line) });

/** Records to import. `reason` names the others in the report; by default the field and its value. */
const KeepWhen = z.strictObject({ when: Condition, reason: z.string().min(1).optional() });

/** The strict schema of a connector. An unknown key is refused with its file. */
export const ConnectorDefinition = z
  .strictObject({
    /** Must equal the file name. */
    id: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case words joined by hyphens"),
    publisher: Publisher,
    state: z.enum(["draft", "active", "paused", "retired"]).default("active"),
    /** Why it is paused or retired. */
    because: z.string().min(1).optional(),
    /** Language of the texts. */
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .default("fr"),
    /** The publisher's IANA time zone. */
    timeZone: z.string().min(1).default("Europe/Paris"),
    /** Prefix that Aides-territoires adds to the publisher's identifier (`IDF_`). Only its export uses it. */
    importIdPrefix: z.string().min(1).optional(),
    /** Cron expression, Europe/Paris. */
    schedule: z.string().min(9).optional(),
    /**
     * Fed by hand: a person uploads a file at least every so many days. Such a connector has no schedule; the digest reminds of a due
     * file.
     */
    rhythm: z.strictObject({ everyDays: z.int().min(1).max(1100) }).optional(),
    feed: Feed,
    decode: Decode,
    /** Records to import; all conditions must hold. Other records count as skipped, by reason. */
    keepWhen: z.union([Condition, z.array(KeepWhen).min(1)]).optional(),
    /** Aids that go to "out of scope" instead of review. The first match gives the reason. */
    outOfScope: z.array(OutOfScope).min(1).optional(),
    /** Fields of the feed that we decided not to read. */
    ignored: z.array(z.string().min(1)).default([]),
    /** Texts that mean "empty" in this feed, compared folded and as a whole. */
    placeholders: z.array(z.string().min(1)).default([]),
    /** Texts removed wherever they occur in a value (", gda_editeur_de_texte"). */
    noise: z.array(z.string().min(1)).default([]),
    fields: FieldRules,
    /** If several aids share a title, ` (value)` of the first of these fields that differs is added. */
    tellApartBy: z.array(z.string().min(1)).optional(),
    /** Owner of a field after publication, if not the default: see docs/curation.md. */
    policy: z.partialRecord(AidFieldName, z.enum(fieldPolicies)).default({}),
    /** Fields where an empty value erases ours. Elsewhere it never does. */
    emptyMeansEmpty: z.array(AidFieldName).default([]),
    /**
     * What exports contain of people in `contact`: everything, only mailboxes and services, or nothing. The catalogue stores it whole: see
     * docs/privacy.md.
     */
    contacts: z.enum(["keep", "mailbox", "leave-out"]).default("keep"),
    /** Minimum absence before an aid is withdrawn, in applied complete runs and in days. */
    absence: z.strictObject({ runs: z.int().min(1).default(3), days: z.int().min(0).default(7) }).prefault({}),
    /** Limits that replace those of the guards, as shares; 1 disables a guard: see docs/guards.md. */
    guards: z
      .strictObject({
        gone: share.optional(),
        newIds: share.optional(),
        rejected: share.optional(),
        linksMoved: share.optional(),
        /** Field -> lowest healthy fill rate. */
        filled: z.partialRecord(AidFieldName, share).optional(),
      })
      .default({}),
    expect: z
      .strictObject({
        /** Minimum number of records of a healthy feed; fewer hold the run. Ignored for a file given by hand. */
        atLeast: z.int().min(1).optional(),
        /** Fields of the feed that every record should fill. An empty one is an issue. */
        filled: z.array(z.string().min(1)).optional(),
      })
      .default({}),
  })
  .refine(({ feed, decode }) => feed.split === undefined || (decode.format === "json" && decode.total !== undefined), {
    error: "what is split says where the total is announced",
    path: ["decode", "total"],
  })
  .refine((connector) => connector.because !== undefined || connector.state === "active" || connector.state === "draft", {
    error: "a paused or retired connector says because",
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

/** Format of a connector's bytes. */
export type DecodeOptions = Connector["decode"];

/**
 * Defines a connector: publisher, feed, format, records to import, rules for each field, and limits. Returns its argument; the
 * registry checks it and adds defaults.
 */
export function defineConnector(definition: ConnectorInput): ConnectorInput {
  return definition;
}

import { z } from "zod";
import { type AidField, aidFields, limits } from "../model/aid/aid.ts";
import { fieldPolicies } from "../model/aid/field-policy.ts";
import { publisherKinds } from "../model/publisher/publisher-kinds.ts";
import { PerimeterRef } from "../model/territories/perimeter.ts";
import { slugsOf } from "../model/vocabularies.ts";
import { Condition } from "./expressions/expression.ts";
import { Feed } from "./feed.ts";
import { FieldRules } from "./field-rules.ts";

export { publisherKinds };

/** Who publishes the feed, under which licence. Addresses and licences are never invented: not recorded is `unknown`. */
const Publisher = z.strictObject({
  name: z.string().min(1),
  /** Nine digits, where there is one. */
  siren: z
    .string()
    .regex(/^\d{9}$/)
    .optional(),
  kind: z.enum(publisherKinds),
  /** Where the publisher is. */
  territory: PerimeterRef,
  website: z.url({ protocol: /^https?$/ }).optional(),
  licence: z.enum(slugsOf("importShareLicence")),
  /** Reference of the agreement, where the licence is `agreement`. */
  agreement: z.string().min(1).optional(),
});

const AidFieldName = z.enum(aidFields as [AidField, ...AidField[]]);
const share = z.number().min(0).max(1);
const encodings = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be"] as const;
const positiveRow = z.int().min(1);

/** How the bytes are written. */
const Decode = z.discriminatedUnion("format", [
  z.strictObject({
    format: z.literal("csv"),
    /** Detected, quotes honoured, where it is not declared. */
    delimiter: z.enum([",", ";", "\t", "|"]).optional(),
    /** Detected (BOM, else valid UTF-8, else windows-1252) where it is not declared. */
    encoding: z.enum(encodings).optional(),
    /** Row of the titles, from 1. */
    headerRow: positiveRow.default(1),
  }),
  z.strictObject({
    /** Excel (.xlsx) and OpenDocument (.ods) workbooks. */
    format: z.literal("excel"),
    /** Name, or position from 1 among the visible sheets in the workbook's order. */
    sheet: z.union([z.string().min(1), positiveRow]).default(1),
    headerRow: positiveRow.default(1),
    /** Rows below the header that are no records (hints). */
    skipRows: z.int().min(0).default(0),
  }),
  z.strictObject({
    format: z.literal("xml"),
    /** Path of the repeated element from the root, `/flux/aide`; `*` is any one name; or alternatives. Namespace prefixes are left out. */
    recordPath: z.union([z.string().startsWith("/"), z.array(z.string().startsWith("/")).min(1)]),
    /** Attribute that tells the names of a record's fields, where its elements do not: by `name`, `<column name="titre">` is `titre`. */
    keyedBy: z.string().min(1).optional(),
  }),
  z.strictObject({
    format: z.literal("html"),
    /** CSS selector of the element of one record, in each page. */
    records: z.string().min(1),
    /** Field -> where it is in the record: a CSS selector, `@attribute` after it for an attribute, `html(selector)` for markup; empty for the record itself. */
    values: z.record(z.string().min(1), z.string()),
  }),
  z.strictObject({
    format: z.literal("json"),
    /** Where the records are: `""` the root (a list, or one object), `results`, `data.items`; or declared alternatives, first found wins. Never guessed. */
    recordPath: z.union([z.string(), z.array(z.string()).min(1)]).default(""),
    /** Key under which a record has its fields, in one of the declared shapes: they are read as if they stood in the record itself. */
    fieldsUnder: z.string().min(1).optional(),
    /** One JSON value a line instead of one document. */
    lines: z.boolean().default(false),
    /** Key at the root that announces the number of records. */
    total: z.string().min(1).optional(),
    /** Keys at the root that must have this value; else the feed says that it is in error. */
    mustBe: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
]);

/** Records that are no business of our audiences: kept and findable, not to be reviewed. `reason` is shown to curators. */
const OutOfScope = z.strictObject({ when: Condition, reason: z.string().min(1).max(limits.line) });

/** Which records count; `reason` names what is left out in the report (by default the field and its value). */
const KeepWhen = z.strictObject({ when: Condition, reason: z.string().min(1).optional() });

/** The strict schema of a connector: a key that is not here is refused by file and key. */
export const ConnectorDefinition = z
  .strictObject({
    /** Also the name of the file. */
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
    /** IANA time zone where the publisher is. */
    timeZone: z.string().min(1).default("Europe/Paris"),
    /** What Aides-territoires puts before the publisher's identifier (`IDF_`); used by its export only. */
    importIdPrefix: z.string().min(1).optional(),
    /** Cron expression, Europe/Paris. */
    schedule: z.string().min(9).optional(),
    /** It is fed by hand: somebody brings a file every so many days, at the latest. It has no schedule; the file that is due is asked for in the morning. */
    rhythm: z.strictObject({ everyDays: z.int().min(1).max(1100) }).optional(),
    feed: Feed,
    decode: Decode,
    /** Records that count; all conditions must hold. What is left out is counted as skipped, by reason. */
    keepWhen: z.union([Condition, z.array(KeepWhen).min(1)]).optional(),
    /** Which aids go to "out of scope" instead of review; the first that holds says why. */
    outOfScope: z.array(OutOfScope).min(1).optional(),
    /** Fields of the feed that we decided not to read. */
    ignored: z.array(z.string().min(1)).default([]),
    /** Texts that mean "nothing" in this feed; compared folded, as a whole. */
    placeholders: z.array(z.string().min(1)).default([]),
    /** Texts that are taken out wherever they stand in a value (", gda_editeur_de_texte"). */
    noise: z.array(z.string().min(1)).default([]),
    fields: FieldRules,
    /** Where several aids share a title, ` (value)` of the first of these fields that tells them apart is added. */
    tellApartBy: z.array(z.string().min(1)).optional(),
    /** Who owns a field once an aid is published, where it is not the default: see docs/curation.md. */
    policy: z.partialRecord(AidFieldName, z.enum(fieldPolicies)).default({}),
    /** Fields of which an empty value means that there is nothing any more; elsewhere it never erases one that we hold. */
    emptyMeansEmpty: z.array(AidFieldName).default([]),
    /** What exports say of people in `contact`: everything, only mailboxes and services, or nothing. The catalogue holds it whole: see docs/privacy.md. */
    contacts: z.enum(["keep", "mailbox", "leave-out"]).default("keep"),
    /** How long an aid may be missing before it is withdrawn: so many applied complete runs, and so many days. */
    absence: z.strictObject({ runs: z.int().min(1).default(3), days: z.int().min(0).default(7) }).prefault({}),
    /** Limits of guards in place of the defaults, as shares; 1 switches one off: see docs/guards.md. */
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
        /** Fewest records of a healthy feed; fewer hold the run. Does not apply to a file given by hand. */
        atLeast: z.int().min(1).optional(),
        /** Fields of the feed that every record should fill; an empty one is an issue. */
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

/** A connector as it is used: defaults filled in. */
export type Connector = Readonly<z.output<typeof ConnectorDefinition>> & { readonly fields: FieldRules };

/** A connector as it is written. */
export type ConnectorInput = Readonly<Omit<z.input<typeof ConnectorDefinition>, "fields">> & { readonly fields: FieldRules };

/** How a connector's bytes are written. */
export type DecodeOptions = Connector["decode"];

/**
 * A connector: who publishes, where the feed is, how it is written, which records count, what each field is made of, what is normal.
 * Gives back what it was given; the registry checks it and fills in defaults.
 */
export function defineConnector(definition: ConnectorInput): ConnectorInput {
  return definition;
}

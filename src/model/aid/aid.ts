import { z } from "zod";
import { Perimeter } from "../territories/perimeter.ts";
import { slugsOf } from "../vocabularies.ts";

/** Longest texts, in characters after entities are decoded. Nothing is ever cut: what is too long stays empty, with an issue. */
export const limits = {
  name: 255,
  nameToPublish: 180,
  shortTitle: 64,
  url: 700,
  line: 255,
  contactPhone: 35,
  otherFinancialAidComment: 100,
} as const;

/** Number of characters (code points) of a text. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

const atMost = (limit: number) =>
  z
    .string()
    .min(1)
    .refine((text) => text.length <= limit || characterCount(text) <= limit, `more than ${limit} characters`);
const line = atMost(limits.line).nullable();
const html = z.string().min(1).nullable();
const url = atMost(limits.url).nullable();
const calendarDate = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .nullable();
const yesNo = z.boolean().nullable();
const percent = z.number().min(0).max(100).nullable();
const euros = z.number().nonnegative().nullable();
const texts = z.array(atMost(limits.line));

/** Who pays for or runs an aid. `siren`: nine digits, where known. */
export const Organisation = z.strictObject({
  name: atMost(limits.line),
  siren: z
    .string()
    .regex(/^\d{9}$/)
    .nullable(),
});
export type Organisation = z.infer<typeof Organisation>;

/**
 * What a publisher says of one aid, in the shared schema: the fields of Aides-territoires that a feed can fill, named as its public API
 * names them. Every field is always there; `null` or `[]` where the feed says nothing. Fields that only the site can fill (slug, author, views,
 * amendments, Démarches-Simplifiées links…) are not ours.
 */
export const AidContent = z.strictObject({
  /** Title shown on the site. Begins as the publisher's title, is rewritten by curators. At most 255 characters kept, 180 to publish. */
  name: atMost(limits.name),
  /** The publisher's own title; follows the feed. */
  nameInitial: line,
  /** Reference of the programme or call. At most 64 characters. */
  shortTitle: atMost(limits.shortTitle).nullable(),
  /** What the aid is and what it is for. HTML of the allow-list. */
  description: html,
  /** Who and what can be aided, on which conditions. HTML of the allow-list. */
  eligibility: html,
  /** Examples of aided projects. HTML of the allow-list. */
  projectExamples: html,
  /** Whom to ask, and how. HTML of the allow-list. */
  contact: html,
  /** E-mail address of the contact, where the feed has it apart. */
  contactEmail: line,
  /** Phone number of the contact, where the feed has it apart. At most 35 characters. */
  contactPhone: atMost(limits.contactPhone).nullable(),
  /** Any other detail of the contact. */
  contactDetail: line,
  /** Page of the aid at the publisher's. http or https. */
  originUrl: url,
  /** Text shown for `originUrl`. */
  originUrlText: line,
  /** Page where one applies. http or https. */
  applicationUrl: url,
  /** Text shown for `applicationUrl`. */
  applicationUrlText: line,
  /** Call for projects or expressions of interest. */
  isCallForProject: yesNo,
  /** The beneficiary pays for the aid. */
  isCharged: yesNo,
  /** Part of the France Relance plan (2020–2022). */
  inFranceRelance: yesNo,
  /** European aid: sectorial or organizational. */
  europeanAid: z.enum(slugsOf("europeanAid")).nullable(),
  /** First day on which one can apply. Calendar date where the publisher is. */
  startDate: calendarDate,
  /** Last day for a pre-application. */
  predepositDate: calendarDate,
  /** Last day on which one can apply. */
  submissionDeadline: calendarDate,
  /** Hour of the deadline where it matters (15:00, not midnight or 23:59), HH:MM where the publisher is. */
  submissionDeadlineTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
  /** One-off, ongoing or recurring. */
  recurrence: z.enum(slugsOf("recurrence")).nullable(),
  /** Kinds of aid. */
  aidTypes: z.array(z.enum(slugsOf("aidTypes"))),
  /** Who can be aided. */
  targetedAudiences: z.array(z.enum(slugsOf("targetedAudiences"))),
  /** Kinds of expense. */
  destinations: z.array(z.enum(slugsOf("destinations"))),
  /** How far the project must be. */
  mobilizationSteps: z.array(z.enum(slugsOf("mobilizationSteps"))),
  /** Themes of the project. */
  categories: z.array(z.enum(slugsOf("categories"))),
  /** The publisher's own key words. No vocabulary: feeds never create terms. */
  keywords: texts,
  /** Programmes that the aid belongs to, by name. */
  programs: texts,
  /** Reference projects of Aides-territoires, by name. */
  projectReferences: texts,
  /** Who pays, in the publisher's order. */
  financers: z.array(Organisation),
  /** Free text on who pays, where no organisation can be named. */
  financerSuggestion: line,
  /** Who runs the aid, in the publisher's order. */
  instructors: z.array(Organisation),
  /** Free text on who runs it, where no organisation can be named. */
  instructorSuggestion: line,
  /** Where the aid holds. */
  perimeters: z.array(Perimeter),
  /** Where it does not, inside `perimeters`. */
  perimeterExclusions: z.array(Perimeter),
  /** Free text on where it holds, where no territory can be named. */
  perimeterSuggestion: line,
  /** Lowest rate of subsidy, percent. */
  subventionRateLowerBound: percent,
  /** Highest rate of subsidy, percent; a fixed rate fills this one only. */
  subventionRateUpperBound: percent,
  /** What there is to say of the rate. */
  subventionComment: line,
  /** Highest loan, euros. */
  loanAmount: euros,
  /** Highest recoverable advance, euros. */
  recoverableAdvanceAmount: euros,
  /** What there is to say of another financial aid. At most 100 characters. */
  otherFinancialAidComment: atMost(limits.otherFinancialAidComment).nullable(),
  /** Page where the data comes from. */
  importDataUrl: url,
  /** Sentence of attribution that the publisher asks for. At most 900 characters. */
  importDataMention: atMost(900).nullable(),
  /** Licence under which the publisher gives the data. */
  importShareLicence: z.enum(slugsOf("importShareLicence")),
  /** Day of the publisher's own last change. */
  sourceUpdatedDate: calendarDate,
  /** Language of the texts, ISO 639-1. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .nullable(),
  /** Why it is no aid for our audiences, and so not to be reviewed; null: it is one for them. The connector's rule says it. */
  outOfScope: line,
});
export type AidContent = z.infer<typeof AidContent>;

/** A field of an aid that a feed can fill. */
export type AidField = keyof AidContent;

/** All fields that a feed can fill, in canonical order. */
export const aidFields = Object.keys(AidContent.shape) as AidField[];

/** One aid of the catalogue: what its publisher says of it, and what became of it. */
export const Aid = z.strictObject({
  /** Permanent identifier: UUIDv5 of the connector and the external id under which the aid was first seen. */
  aidId: z.uuid(),
  /** Connector that brings it. */
  connector: z.string(),
  /** The publisher's identifier, as text: trimmed, zeros kept. */
  externalId: z.string().min(1),
  ...AidContent.shape,
  /** Draft, in review, published, deleted (rejected) or merged. */
  status: z.enum(slugsOf("status")),
  /** Day on which the aid was withdrawn because it is no longer in the feed. */
  withdrawnAt: calendarDate,
  /** Fields that must still be filled or mended before the aid can be published. */
  missingForPublication: z.array(z.enum(aidFields as [AidField, ...AidField[]])),
});
export type Aid = z.infer<typeof Aid>;

/** True where a field holds nothing: null, or an empty list. */
export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

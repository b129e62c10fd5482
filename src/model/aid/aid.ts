import { z } from "zod";
import { Perimeter } from "../territories/perimeter.ts";
import { slugsOf } from "../vocabularies.ts";

/**
 * Maximum lengths in characters, after entities are decoded. A longer text is not truncated: it becomes an issue, and the field is empty.
 */
export const limits = {
  name: 255,
  nameToPublish: 180,
  shortTitle: 64,
  url: 700,
  line: 255,
  contactPhone: 35,
  otherFinancialAidComment: 100,
} as const;

/** Counts the characters (code points) of a text. */
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

/** An organisation that finances or runs an aid. `siren`: nine digits, if known. */
export const Organisation = z.strictObject({
  name: atMost(limits.line),
  siren: z
    .string()
    .regex(/^\d{9}$/)
    .nullable(),
});
export type Organisation = z.infer<typeof Organisation>;

/**
 * The publisher's data about one aid: the fields of Aides-territoires that a feed can fill, with the names of its public API. Every field
 * is always present, and `null` or `[]` if the feed has no value.
 */
export const AidContent = z.strictObject({
  /** Title on the site. At first the publisher's title; curators rewrite it. At most 255 characters, 180 for publication. */
  name: atMost(limits.name),
  /** The publisher's own title. Curators do not change it. */
  nameInitial: line,
  /** Reference of the programme or call. At most 64 characters. */
  shortTitle: atMost(limits.shortTitle).nullable(),
  /** Description and purpose of the aid. HTML of the allow-list. */
  description: html,
  /** Eligible applicants and projects, and the conditions. HTML of the allow-list. */
  eligibility: html,
  /** Examples of funded projects. HTML of the allow-list. */
  projectExamples: html,
  /** People or services to contact. HTML of the allow-list. */
  contact: html,
  /** E-mail address, if the feed has it in a separate field. */
  contactEmail: line,
  /** Phone number, if the feed has it in a separate field. At most 35 characters. */
  contactPhone: atMost(limits.contactPhone).nullable(),
  /** Other contact details. */
  contactDetail: line,
  /** The aid's page on the publisher's site. http or https. */
  originUrl: url,
  /** Text shown for `originUrl`. */
  originUrlText: line,
  /** Page of the application form. http or https. */
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
  /** First day to apply, in the publisher's time zone. */
  startDate: calendarDate,
  /** Last day for a pre-application. */
  predepositDate: calendarDate,
  /** Last day to apply. */
  submissionDeadline: calendarDate,
  /** Time of the deadline if it matters (15:00, not midnight or 23:59), HH:MM in the publisher's time zone. */
  submissionDeadlineTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
  /** One-off, ongoing or recurring. */
  recurrence: z.enum(slugsOf("recurrence")).nullable(),
  aidTypes: z.array(z.enum(slugsOf("aidTypes"))),
  /** Eligible beneficiaries. */
  targetedAudiences: z.array(z.enum(slugsOf("targetedAudiences"))),
  /** Types of expense. */
  destinations: z.array(z.enum(slugsOf("destinations"))),
  /** Required progress of the project. */
  mobilizationSteps: z.array(z.enum(slugsOf("mobilizationSteps"))),
  /** Themes of the project. */
  categories: z.array(z.enum(slugsOf("categories"))),
  /** The publisher's own keywords. Free text: feeds never create terms. */
  keywords: texts,
  /** Names of the programmes that the aid belongs to. */
  programs: texts,
  /** Names of reference projects of Aides-territoires. */
  projectReferences: texts,
  /** Organisations that pay, in the publisher's order. */
  financers: z.array(Organisation),
  /** Free text about the financers, if no organisation can be identified. */
  financerSuggestion: line,
  /** Organisations that run the aid, in the publisher's order. */
  instructors: z.array(Organisation),
  /** Free text about the instructors, if no organisation can be identified. */
  instructorSuggestion: line,
  /** Territories where the aid applies. */
  perimeters: z.array(Perimeter),
  /** Territories inside `perimeters` where the aid does not apply. */
  perimeterExclusions: z.array(Perimeter),
  /** Free text about the territories, if no territory can be identified. */
  perimeterSuggestion: line,
  /** Lowest subsidy rate, percent. */
  subventionRateLowerBound: percent,
  /** Highest subsidy rate, percent. A fixed rate is only in this field. */
  subventionRateUpperBound: percent,
  /** Comment on the rate. */
  subventionComment: line,
  /** Highest loan, euros. */
  loanAmount: euros,
  /** Highest recoverable advance, euros. */
  recoverableAdvanceAmount: euros,
  /** Comment on another financial aid. At most 100 characters. */
  otherFinancialAidComment: atMost(limits.otherFinancialAidComment).nullable(),
  /** Page of the source data. */
  importDataUrl: url,
  /** Attribution that the publisher requests. At most 900 characters. */
  importDataMention: atMost(900).nullable(),
  /** Licence of the publisher's data. */
  importShareLicence: z.enum(slugsOf("importShareLicence")),
  /** Day of the publisher's last change. */
  sourceUpdatedDate: calendarDate,
  /** Language of the texts, ISO 639-1. */
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .nullable(),
  /** The connector's reason why the aid is not for our audiences, or null. An aid with a reason is not reviewed. */
  outOfScope: line,
});
export type AidContent = z.infer<typeof AidContent>;

/** A field that a feed can fill. */
export type AidField = keyof AidContent;

/** All fields that a feed can fill, in canonical order. */
export const aidFields = Object.keys(AidContent.shape) as AidField[];

/** An aid of the catalogue: the publisher's data, and its state in the catalogue. */
export const Aid = z.strictObject({
  /** Permanent identifier: UUIDv5 of the connector and the aid's first external id. */
  aidId: z.uuid(),
  /** Connector that imports the aid. */
  connector: z.string(),
  /** The publisher's identifier as text, trimmed, with leading zeros. */
  externalId: z.string().min(1),
  ...AidContent.shape,
  /** Draft, in review, published, deleted (rejected) or merged. */
  status: z.enum(slugsOf("status")),
  /** Day of withdrawal, or null. */
  withdrawnAt: calendarDate,
  /** Fields that must be filled or corrected before publication. */
  missingForPublication: z.array(z.enum(aidFields as [AidField, ...AidField[]])),
  /** Fields that we filled with a suggestion, and its rule. `confirmed`: a person has accepted it for this aid. Absent without such fields. */
  filledByMoisson: z
    .array(z.strictObject({ field: z.enum(aidFields as [AidField, ...AidField[]]), rule: z.string(), confirmed: z.boolean() }))
    .optional(),
});
export type Aid = z.infer<typeof Aid>;

/** Returns true for null, undefined and an empty list. */
export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

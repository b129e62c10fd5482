/** The sections of forms, in their order. */
export const formParts = [
  ...(["title", "texts", "audience", "where", "when", "organisations", "amounts", "contact", "links", "details", "source"] as const),
];
export type FormPart = (typeof formParts)[number];

/** Maximum lengths in characters, after entities are decoded. A longer text becomes an issue and is not cut. `line`: the default. */
export const limits = { line: 255, url: 700, name: 255, nameToPublish: 180, shortTitle: 64, contactPhone: 35 } as const;

/**
 * How well an aid is described:
 * - `publishable`: it has what a reader needs to judge and act, and its dates and rates do not contradict each other;
 * - `fullyDescribed`: it also has what the form of Aides-territoires asks of contributors.
 */
export const descriptionLevels = ["publishable", "fullyDescribed"] as const;
export type DescriptionLevel = (typeof descriptionLevels)[number];

/** The facts about a field that do not follow from its kind. */
interface Facts {
  readonly part: FormPart;
  /** The level of description that asks for the field, always or in the cases of `missingForDescription`. Default: none. */
  readonly asked?: DescriptionLevel;
  /** The vocabulary of the values is ours: where one is missing, the aid is not classified yet, and the publisher has forgotten nothing. */
  readonly isOurWord?: true;
  /** What happens to a publisher's change of a published aid if its connector says nothing. Default: `review`. */
  readonly policy?: "publisher" | "curator";
  /**
   * Whether another source may lend its value to the aid. `openly`: only a source with an open licence, because the aid may go out on a
   * licence or a legal basis that covers only its own source. `never`: the field describes the aid's own source. Default: any source.
   */
  readonly lent?: "openly" | "never";
  /** The source that rules one field of a group rules them all: a deadline of one source never meets another's start. */
  readonly together?: "dates" | "rates" | "page" | "application";
  /** A wrong value costs an applicant the aid. */
  readonly isCritical?: true;
  /** Suggestions can fill the field. */
  readonly isSuggested?: true;
  /** The publisher's own people may correct it. The others are ours: terms of reuse, scope, links between catalogues. */
  readonly isCorrectable?: true;
  /** Surveys of unknown feeds propose no rule, because too many names and values would fit. */
  readonly isNeverProposed?: true;
  /** The API of Aides-territoires has no such key. */
  readonly isOurs?: true;
  /** Its versions 1.2 to 1.6 lack the key. */
  readonly isNewInApi?: true;
}

/**
 * Texts of publishers, which may name people. `mention`: people are removed from the text. `contact`: so they are, and outputs may leave
 * out the contact as a whole. The other kinds are values of closed lists, numbers and days, which name nobody.
 */
type Open = { readonly people: "mention" | "contact" };

/**
 * A field that a feed can fill. Its kind decides how the value is read from a feed or a form, checked, cleaned of people, compared, guarded
 * and shown. A `title` is a line that is never empty, and a `licence` a term that is never empty. The vocabulary of terms has the name of
 * the field.
 */
export type Field = Facts &
  (
    | (Open & { readonly kind: "title" | "line"; readonly limit?: number })
    | (Open & { readonly kind: "html" | "link" | "list" | "organisations" })
    | { readonly kind: "date" | "time" | "language" | "flag" | "euros" | "term" | "terms" | "licence" | "places" }
    | { readonly kind: "percent"; readonly bound: "lower" | "upper" }
  );

const rate = { part: "amounts", together: "rates", isCorrectable: true } as const;
const amount = { part: "amounts", isCritical: true, isCorrectable: true } as const;
const day = { part: "when", policy: "publisher", together: "dates", isCritical: true, isCorrectable: true } as const;
const text = { kind: "html", part: "texts", people: "mention", lent: "openly", isCorrectable: true } as const;
const own = { part: "source", policy: "publisher", lent: "never" } as const;

/**
 * All fields that a feed can fill, in canonical order, with the names of Aides-territoires' public API. Everything that treats fields
 * alike is derived from this table: a field that is not in it is not stored and does not go out.
 */
export const fieldTable = {
  /** Title on the site. At first the publisher's title; curators rewrite it. At most 180 characters for publication. */
  name: {
    ...{ kind: "title", part: "title", people: "mention", limit: limits.name },
    ...{ asked: "publishable", policy: "curator", lent: "openly", isCorrectable: true },
  },
  /** The publisher's own title. Curators do not change it. */
  nameInitial: { kind: "line", part: "title", people: "mention", policy: "publisher", lent: "never" },
  /** Reference of the programme or call. */
  shortTitle: { kind: "line", part: "title", people: "mention", limit: limits.shortTitle, lent: "openly" },
  description: { ...text, asked: "publishable" },
  /** Eligible applicants and projects, and the conditions. */
  eligibility: { ...text, isCritical: true, isSuggested: true },
  /** Examples of funded projects. */
  projectExamples: { ...text, isSuggested: true },
  /** People or services to contact. */
  contact: {
    ...{ kind: "html", part: "contact", people: "contact", asked: "fullyDescribed", lent: "openly" },
    ...{ isSuggested: true, isCorrectable: true },
  },
  /** E-mail address, if the feed has it in a separate field. */
  contactEmail: { kind: "line", part: "contact", people: "contact", isSuggested: true, isCorrectable: true, isOurs: true },
  /** Phone number, if the feed has it in a separate field. */
  contactPhone: {
    ...{ kind: "line", part: "contact", people: "contact", limit: limits.contactPhone },
    ...{ isSuggested: true, isCorrectable: true, isOurs: true },
  },
  contactDetail: { kind: "line", part: "contact", people: "contact", isOurs: true, isNeverProposed: true },
  /** The aid's page on the publisher's site. */
  originUrl: {
    ...{ kind: "link", part: "links", people: "mention", asked: "publishable", policy: "publisher", together: "page" },
    ...{ isSuggested: true, isCorrectable: true },
  },
  originUrlText: { kind: "line", part: "links", people: "mention", policy: "publisher", together: "page", isOurs: true },
  applicationUrl: {
    ...{ kind: "link", part: "links", people: "mention", policy: "publisher", together: "application" },
    ...{ isSuggested: true, isCorrectable: true },
  },
  applicationUrlText: { kind: "line", part: "links", people: "mention", policy: "publisher", together: "application", isOurs: true },
  /** Call for projects or expressions of interest. */
  isCallForProject: { kind: "flag", part: "details" },
  /** The beneficiary pays for the aid. */
  isCharged: { kind: "flag", part: "details", isNewInApi: true },
  /** Part of the France Relance plan (2020–2022). */
  inFranceRelance: { kind: "flag", part: "details", isOurs: true },
  /** European aid: sectorial or organizational. */
  europeanAid: { kind: "term", part: "details", isNewInApi: true },
  /** First day to apply, in the publisher's time zone. */
  startDate: { kind: "date", ...day, asked: "publishable", isSuggested: true },
  /** Last day for a pre-application. */
  predepositDate: { kind: "date", ...day },
  /** Last day to apply. */
  submissionDeadline: { kind: "date", ...day, asked: "fullyDescribed", isSuggested: true },
  /** Time of the deadline if it matters (15:00, not midnight or 23:59), in the publisher's time zone. */
  submissionDeadlineTime: { kind: "time", ...day, isOurs: true, isNeverProposed: true },
  /** One-off, ongoing or recurring. */
  recurrence: {
    kind: "term",
    part: "when",
    asked: "fullyDescribed",
    together: "dates",
    isCritical: true,
    isSuggested: true,
    isCorrectable: true,
  },
  aidTypes: { kind: "terms", part: "audience", asked: "publishable", isSuggested: true, isCorrectable: true },
  targetedAudiences: { kind: "terms", part: "audience", asked: "publishable", isCritical: true, isSuggested: true, isCorrectable: true },
  destinations: { kind: "terms", part: "audience", asked: "fullyDescribed", isOurWord: true, isSuggested: true, isCorrectable: true },
  /** Required progress of the project. */
  mobilizationSteps: { kind: "terms", part: "audience", asked: "fullyDescribed", isOurWord: true, isSuggested: true, isCorrectable: true },
  categories: { kind: "terms", part: "audience", asked: "fullyDescribed", isOurWord: true, isSuggested: true, isCorrectable: true },
  /** The publisher's own keywords. Free text: feeds never create terms. */
  keywords: { kind: "list", part: "details", people: "mention", isOurs: true },
  /** Names of the programmes that the aid belongs to. */
  programs: { kind: "list", part: "details", people: "mention" },
  /** Names of reference projects of Aides-territoires. */
  projectReferences: { kind: "list", part: "details", people: "mention", isNewInApi: true },
  /** Organisations that pay, in the publisher's order. */
  financers: { kind: "organisations", part: "organisations", people: "mention", asked: "fullyDescribed", isCorrectable: true },
  /** Free text about the financers, if no organisation can be identified. */
  financerSuggestion: { kind: "line", part: "organisations", people: "mention", isOurs: true, isNeverProposed: true },
  /** Organisations that run the aid, in the publisher's order. */
  instructors: { kind: "organisations", part: "organisations", people: "mention", isCorrectable: true },
  /** Free text about the instructors, if no organisation can be identified. */
  instructorSuggestion: { kind: "line", part: "organisations", people: "mention", isOurs: true, isNeverProposed: true },
  /** Territories where the aid applies. */
  perimeters: { kind: "places", part: "where", asked: "publishable", isCorrectable: true },
  /** Territories inside `perimeters` where the aid does not apply. */
  perimeterExclusions: { kind: "places", part: "where", isOurs: true },
  /** Free text about the territories, if no territory can be identified. */
  perimeterSuggestion: { kind: "line", part: "where", people: "mention", isOurs: true },
  subventionRateLowerBound: { kind: "percent", bound: "lower", ...rate, asked: "publishable", isCritical: true, isSuggested: true },
  /** Highest subsidy rate. A fixed rate is only in this field. */
  subventionRateUpperBound: { kind: "percent", bound: "upper", ...rate, isCritical: true, isSuggested: true },
  subventionComment: { kind: "line", ...rate, people: "mention", isSuggested: true },
  loanAmount: { kind: "euros", ...amount, isSuggested: true, isNewInApi: true },
  recoverableAdvanceAmount: { kind: "euros", ...amount, isSuggested: true, isNewInApi: true },
  otherFinancialAidComment: { kind: "line", part: "amounts", people: "mention", limit: 100, isCorrectable: true, isOurs: true },
  importDataUrl: { kind: "link", ...own, people: "mention" },
  /** Attribution that the publisher requests. */
  importDataMention: { kind: "line", ...own, people: "mention", limit: 900, isNeverProposed: true, isNewInApi: true },
  /** Licence of the publisher's data. */
  importShareLicence: { kind: "licence", ...own, isNeverProposed: true },
  /** Day of the publisher's last change. */
  sourceUpdatedDate: { kind: "date", ...own, isOurs: true },
  /** Day on which the publisher created its record. */
  sourceCreatedDate: { kind: "date", ...own, isOurs: true, isNeverProposed: true },
  /** Number of the aid on Aides-territoires (`siteNumberOf`), if it comes from there or a person has adopted it. */
  siteNumber: { kind: "line", ...own, people: "mention", limit: 6, isOurs: true, isNeverProposed: true },
  /** Name of the aid in Aides-territoires' addresses, under the same condition. */
  siteSlug: { kind: "line", ...own, people: "mention", isOurs: true, isNeverProposed: true },
  /** Language of the texts, ISO 639-1. */
  language: { kind: "language", ...own, isNeverProposed: true },
  /** The connector's reason why the aid is not for our audiences, or null. An aid with a reason is not reviewed. */
  outOfScope: { kind: "line", part: "details", people: "mention", policy: "curator", lent: "never", isOurs: true, isNeverProposed: true },
} as const satisfies Readonly<Record<string, Field>>;

/** A field that a feed can fill. */
export type AidField = keyof typeof fieldTable;

export type FieldKind = Field["kind"];

export type FieldOfKind<Kind extends FieldKind> = { [F in AidField]: (typeof fieldTable)[F]["kind"] extends Kind ? F : never }[AidField];

/** All fields that a feed can fill, in canonical order. */
export const aidFields = Object.keys(fieldTable) as AidField[];

/** Returns the entry of a field. */
export function factsOf(field: AidField): Field {
  return fieldTable[field];
}

/** Returns the kind of a field. The publisher's identifier counts as a line. */
export function kindOf(field: AidField | "externalId"): FieldKind {
  return field === "externalId" ? "line" : fieldTable[field].kind;
}

/** Returns the fields of some kinds, in canonical order. */
export function fieldsOfKind<const Kind extends FieldKind>(...kinds: readonly Kind[]): readonly FieldOfKind<Kind>[] {
  return aidFields.filter((field): field is FieldOfKind<Kind> => (kinds as readonly FieldKind[]).includes(fieldTable[field].kind));
}

/** Returns the fields whose entry meets a condition, in canonical order. */
export function fieldsWhere(holds: (facts: Field) => boolean): readonly AidField[] {
  return aidFields.filter((field) => holds(fieldTable[field]));
}

/** Fields whose wrong value costs an applicant the aid: a wrong deadline, amount, rate or condition. */
export const criticalFields: ReadonlySet<AidField> = new Set(fieldsWhere(({ isCritical }) => isCritical === true));

/** Returns the key of a field in the API of Aides-territoires and in ours: `mobilization_steps`. */
export function keyInApi(field: AidField): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Returns true for fields whose values are HTML. */
export function holdsHtml(field: AidField): boolean {
  return kindOf(field) === "html";
}

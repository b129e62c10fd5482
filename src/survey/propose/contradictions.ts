import { foldTerm } from "../../kit/values/text/fold-term.ts";
import { type Field, fieldsWhere, kindOf } from "../../model/aid/field-table.ts";
import type { FieldProfile, ValueShape } from "../../model/survey/field-profile.ts";
import type { OwnField } from "../../model/survey/own-field.ts";
import type { FeedAnalysis } from "../profile/feed-analysis.ts";
import { shareKnown } from "../profile/feed-labels.ts";
import { shareOf } from "../profile/field-values.ts";

const codes: readonly ValueShape[] = ["uuid", "machine-code", "siren", "siret", "coordinates"];
const places: readonly ValueShape[] = ["link", "file-path", "site-path", "email", "phone"];
const figures: readonly ValueShape[] = ["number", "year", "amount", "percentage"];
const prose = [...codes, "file-path", "site-path", "link", "share-link", "year"] as const;

const titles = [...codes, ...places, ...figures, "person"] as const;
const names = [...codes, ...places, "amount", "percentage", "year", "sentence"] as const;
const labels = [...codes, ...places, ...figures] as const;

/** Forms that the values of one of our fields never have. */
const excluded: Partial<Readonly<Record<OwnField, readonly ValueShape[]>>> = {
  ...every(({ part }) => part === "title", titles),
  ...every(({ kind }) => kind === "html", prose),
  eligibility: [...prose, "number", "amount", "percentage", "email", "phone"],
  projectExamples: [...prose, "number", "amount", "email", "phone"],
  contact: [...codes, "file-path", "share-link", "amount", "percentage", "year"],
  ...every(({ kind }) => kind === "link", ["share-link", "email"]),
  applicationUrl: ["share-link"],
  originUrlText: [...codes, ...places],
  targetedAudiences: labels,
  categories: labels,
  keywords: [...labels, "sentence"],
  programs: [...codes, ...places, "amount", "percentage", "sentence"],
  ...every(({ kind }) => kind === "organisations", names),
  perimeters: ["uuid", ...places, "amount", "percentage", "sentence"],
};

function every(holds: (facts: Field) => boolean, shapes: readonly ValueShape[]): Partial<Record<OwnField, readonly ValueShape[]>> {
  return Object.fromEntries(fieldsWhere(holds).map((field) => [field, shapes]));
}

/** Share of contradicting values from which a proposal is not made. */
const tooMany = 0.5;

/** Returns true if the values of a field show that it is not one of ours, whatever its name says. */
export function isContradicted(field: OwnField, profile: FieldProfile, feed: FeedAnalysis): boolean {
  const { shapes } = profile;
  if ((excluded[field] ?? []).some((shape) => (shapes[shape] ?? 0) >= tooMany)) return true;
  if (field === "name") return isOneWordEach(profile) || (shapes.company ?? 0) >= 0.7;
  if (kindOf(field) === "organisations") return areAudiences(profile, feed);
  if (field === "sourceUpdatedDate") return hasFutureDays(profile, feed);
  // "Date" alone is a deadline only if it may still come.
  return field === "submissionDeadline" && foldTerm(profile.path) === "date" && !hasFutureDays(profile, feed);
}

/** One word a record, the same in many of them, is a label and not a title. */
function isOneWordEach({ shapes, distinct, filled }: FieldProfile): boolean {
  return filled >= 10 && (shapes.word ?? 0) >= 0.95 && distinct < filled * 0.5;
}

/** Sizes of companies and other audiences do not finance aids. */
function areAudiences(profile: FieldProfile, feed: FeedAnalysis): boolean {
  if (profile.kind !== "line" && profile.kind !== "lines" && profile.kind !== "json") return false;
  return shareKnown(feed.labels(profile, "targetedAudiences")) >= 0.5 && shareKnown(feed.labels(profile, "financers")) < 0.5;
}

/** Share of days in the future from which a field is not one of past changes. */
const someFuture = 0.1;

/** Returns true if some days of a field are in the future. False if the survey does not know the present day. */
function hasFutureDays({ path }: FieldProfile, feed: FeedAnalysis): boolean {
  const today = feed.survey.today?.replaceAll("-", "");
  return today !== undefined && shareOf(feed.texts(path), (text) => dayOf(text) > today) >= someFuture;
}

/** Returns a day in a form that sorts by time, for ISO dates and dates written day first. */
function dayOf(text: string): string {
  const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})/.exec(text);
  if (french === null) return /^\d{4}-?\d{2}-?\d{2}/.exec(text)?.[0].replaceAll("-", "") ?? "";
  return `${french[3]}${(french[2] ?? "").padStart(2, "0")}${(french[1] ?? "").padStart(2, "0")}`;
}

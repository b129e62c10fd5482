import type { AidField } from "../aid/aid.ts";

/** What a reader of an aid reports as wrong -> field that it concerns; null if no single field does. */
export const reportedFields = {
  closed: null,
  deadline: "submissionDeadline",
  amount: "subventionRateUpperBound",
  eligibility: "eligibility",
  territory: "perimeters",
  contact: "contact",
  link: "originUrl",
  other: null,
} as const satisfies Readonly<Record<string, AidField | null>>;

export type ReportedKind = keyof typeof reportedFields;

/** All subjects, in the order of forms. */
export const reportedKinds = Object.keys(reportedFields) as [ReportedKind, ...ReportedKind[]];

/** Maximum length of a report's text, in characters. */
export const maxReportLength = 500;

/** State of a report: nobody has read it, it is a point of the publisher's next letters, or it is done. */
export type ReportState = "new" | "confirmed" | "handled";

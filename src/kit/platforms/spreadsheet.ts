import type { PerimeterScale } from "../../model/territories/perimeter.ts";
import type { ConnectorInput } from "../definition.ts";
import { join, literal, slug, split, when } from "../expressions/expression.ts";
import type { FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { date, time } from "../rules/date.ts";
import { type IdentifierRule, identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { money } from "../rules/money.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { plainText } from "../rules/plain-text.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/text.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";
import { highestRate, lowestRate } from "./bare-rates.ts";
import { type PlatformConnector, withPlatform } from "./with-platform.ts";

/** A connector of a spreadsheet that somebody maintains by hand. */
type Spreadsheet = PlatformConnector & {
  /** `excel` also reads OpenDocument. */
  readonly format: "excel" | "csv";
  /** Name or position of the sheet. Default: the first visible sheet. */
  readonly sheet?: string | number;
  /** Row of the header, from 1. */
  readonly headerRow?: number;
  /** Excel only: rows below the header that are not aids. */
  readonly skipRows?: number;
  /** Field of the aid -> title of its column. Write other rules into `fields`. */
  readonly columns: Readonly<Partial<Record<keyof FieldRules, string>>> & { readonly name: string };
  /** Separator of list members in a cell. Default: a comma. */
  readonly separator?: string;
};

/** The decoder gives Excel's own dates as ISO. People write the day first. */
const days = ["iso", "dd/MM/yyyy", "dd/MM/yy", "d/M/yyyy", "french"];
const hours = ["HH:mm:ss", "HH:mm"];
/** Scales in which a name is looked up, in this order. "Landes" is a department, although a commune has the same name. */
const scales: PerimeterScale[] = [
  "country",
  "region",
  "department",
  "collectivity",
  "mainland",
  "overseas",
  "basin",
  "epci",
  "commune",
  "continent",
];

type Reader<F extends keyof FieldRules> = (column: string, separator: string) => NonNullable<FieldRules[F]>;
type Readers = { readonly [F in keyof FieldRules]-?: Reader<F> };

const line = (column: string) => text(column);
const richText = (column: string) => plainText(column);
const link = (column: string) => url(column);
const day = (column: string) => date(column, days);
const flag = (column: string) => yesNo(column);
const texts = (column: string, separator: string) => list(split(column, separator));
const bodies = (column: string, separator: string) => organisations(split(column, separator));
const places = (column: string, separator: string) => perimeters(split(column, separator), { written: "name", scales });

/** Reader of each field's column. */
const readers: Readers = {
  externalId: (column) => identifier(column),
  name: line,
  nameInitial: line,
  shortTitle: line,
  description: richText,
  eligibility: richText,
  projectExamples: richText,
  contact: richText,
  contactEmail: line,
  contactPhone: line,
  contactDetail: line,
  originUrl: link,
  originUrlText: line,
  applicationUrl: link,
  applicationUrlText: line,
  isCallForProject: flag,
  isCharged: flag,
  inFranceRelance: flag,
  europeanAid: (column) => terms(column, "europeanAid"),
  startDate: day,
  predepositDate: day,
  submissionDeadline: day,
  submissionDeadlineTime: (column) => time(column, hours),
  recurrence: (column) => terms(column, "recurrence"),
  aidTypes: (column, separator) => terms(split(column, separator), "aidTypes"),
  targetedAudiences: (column, separator) => terms(split(column, separator), "targetedAudiences"),
  destinations: (column, separator) => terms(split(column, separator), "destinations"),
  mobilizationSteps: (column, separator) => terms(split(column, separator), "mobilizationSteps"),
  categories: (column, separator) => terms(split(column, separator), "categories"),
  keywords: texts,
  programs: texts,
  projectReferences: texts,
  financers: bodies,
  financerSuggestion: line,
  instructors: bodies,
  instructorSuggestion: line,
  perimeters: places,
  perimeterExclusions: places,
  perimeterSuggestion: line,
  subventionRateLowerBound: (column) => lowestRate(column),
  subventionRateUpperBound: (column) => highestRate(column),
  subventionComment: line,
  loanAmount: (column) => money(column),
  recoverableAdvanceAmount: (column) => money(column),
  otherFinancialAidComment: line,
  importDataUrl: link,
  importDataMention: line,
  importShareLicence: (column) => terms(column, "importShareLicence"),
  sourceUpdatedDate: day,
  language: line,
  outOfScope: line,
};

/**
 * Returns a connector of a spreadsheet that a publisher maintains by hand, as Excel, OpenDocument or CSV. Each column is read by the usual
 * rule of its field. Without a column of identifiers, the identifier is made from the title (`titre/<slug>`). If the title then changes,
 * the run recognises the aid by its links and texts. Financer and territory default to the publisher and its territory.
 */
export function spreadsheet(options: Spreadsheet): ConnectorInput {
  const { format, sheet = 1, headerRow = 1, skipRows = 0, columns, separator = ",", ...about } = options;
  const { name, siren = null, territory } = about.publisher;
  const rules = Object.entries(columns).map(([field, column]) => [field, readers[field as keyof FieldRules](column, separator)]);
  return withPlatform(about, {
    decode: format === "excel" ? { format, sheet, headerRow, skipRows } : { format, headerRow },
    fields: {
      externalId: titleAsIdentifier(columns.name),
      name: text(columns.name),
      financers: constant([{ name, siren }]),
      perimeters: constant([territory]),
      ...(Object.fromEntries(rules) as Partial<FieldRules>),
    },
  });
}

function titleAsIdentifier(column: string): IdentifierRule {
  return identifier(when({ field: column, isFilled: true }, join([literal("titre"), slug(column)], "/")));
}

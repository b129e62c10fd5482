import { type AidField, factsOf } from "../../model/aid/field-table.ts";
import type { PerimeterScale } from "../../model/territories/perimeter.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";
import type { ConnectorInput } from "../definition.ts";
import { join, literal, slug, split, when } from "../expressions/expression.ts";
import type { FieldRules, Rule } from "../field-rules.ts";
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

/** Returns the rule that reads a field from its column. */
function ruleOf(field: string, column: string, separator: string): Rule {
  if (field === "externalId") return identifier(column);
  const facts = factsOf(field as AidField);
  switch (facts.kind) {
    case "html":
      return plainText(column);
    case "link":
      return url(column);
    case "date":
      return date(column, days);
    case "time":
      return time(column, hours);
    case "flag":
      return yesNo(column);
    case "list":
      return list(split(column, separator));
    case "organisations":
      return organisations(split(column, separator));
    case "places":
      return perimeters(split(column, separator), { written: "name", scales });
    case "percent":
      return facts.bound === "lower" ? lowestRate(column) : highestRate(column);
    case "euros":
      return money(column);
    case "terms":
      return terms(split(column, separator), field as VocabularyName);
    case "term":
    case "licence":
      return terms(column, field as VocabularyName);
    default:
      return text(column);
  }
}

/**
 * Returns a connector of a spreadsheet that a publisher maintains by hand, as Excel, OpenDocument or CSV. Each column is read by the usual
 * rule of its field. Without a column of identifiers, the identifier is made from the title (`titre/<slug>`). If the title then changes,
 * the run recognises the aid by its links and texts. Financer and territory default to the publisher and its territory.
 */
export function spreadsheet(options: Spreadsheet): ConnectorInput {
  const { format, sheet = 1, headerRow = 1, skipRows = 0, columns, separator = ",", ...about } = options;
  const { name, siren = null, territory } = about.publisher;
  const rules = Object.entries(columns).map(([field, column]) => [field, ruleOf(field, column, separator)]);
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

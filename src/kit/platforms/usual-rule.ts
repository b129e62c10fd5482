import { type AidField, factsOf } from "../../model/aid/field-table.ts";
import type { PerimeterScale } from "../../model/territories/perimeter.ts";
import type { VocabularyName } from "../../model/vocabularies.ts";
import { split } from "../expressions/expression.ts";
import type { Rule } from "../field-rules.ts";
import { money } from "../rules/amounts.ts";
import { date, time } from "../rules/date.ts";
import { identifier } from "../rules/identifier.ts";
import { list } from "../rules/list.ts";
import { organisations } from "../rules/organisations.ts";
import { perimeters } from "../rules/perimeters.ts";
import { terms } from "../rules/terms.ts";
import { text } from "../rules/texts.ts";
import { url } from "../rules/url.ts";
import { yesNo } from "../rules/yes-no.ts";
import { highestRate, lowestRate } from "./bare-rates.ts";

/** How a layout writes values. */
interface Layout {
  readonly days: string[];
  readonly hours?: string[];
  /** The rule for a long text: HTML or plain text. */
  readonly prose: (path: string) => Rule;
  /** Separator of list members in a text. Default: lists are lists. */
  readonly separator?: string;
}

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

/** Returns the usual rule that reads a field at one path, by its kind. */
export function usualRule(field: AidField | "externalId", path: string, { days, hours = ["HH:mm"], prose, separator }: Layout): Rule {
  if (field === "externalId") return identifier(path);
  const members = separator === undefined ? path : split(path, separator);
  const facts = factsOf(field);
  switch (facts.kind) {
    case "html":
      return prose(path);
    case "link":
      return url(path);
    case "date":
      return date(path, days);
    case "time":
      return time(path, hours);
    case "flag":
      return yesNo(path);
    case "list":
      return list(members);
    case "organisations":
      return organisations(members);
    case "places":
      return perimeters(members, { written: "name", scales });
    case "percent":
      return facts.bound === "lower" ? lowestRate(path) : highestRate(path);
    case "euros":
      return money(path);
    case "terms":
      return terms(members, field as VocabularyName);
    case "term":
    case "licence":
      return terms(path, field as VocabularyName);
    default:
      return text(path);
  }
}

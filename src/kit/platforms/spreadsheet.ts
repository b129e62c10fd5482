import type { AidField } from "../../model/aid/field-table.ts";
import type { ConnectorInput } from "../definition.ts";
import { join, literal, slug, when } from "../expressions/expression.ts";
import type { FieldRules } from "../field-rules.ts";
import { constant } from "../rules/constant.ts";
import { type IdentifierRule, identifier } from "../rules/identifier.ts";
import { plainText, text } from "../rules/texts.ts";
import { usualRule } from "./usual-rule.ts";
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
/**
 * Returns a connector of a spreadsheet that a publisher maintains by hand, as Excel, OpenDocument or CSV. Each column is read by the usual
 * rule of its field. Without a column of identifiers, the identifier is made from the title (`titre/<slug>`). If the title then changes,
 * the run recognises the aid by its links and texts. Financer and territory default to the publisher and its territory.
 */
export function spreadsheet(options: Spreadsheet): ConnectorInput {
  const { format, sheet = 1, headerRow = 1, skipRows = 0, columns, separator = ",", ...about } = options;
  const { name, siren = null, territory } = about.publisher;
  const layout = { days, hours, prose: plainText, separator };
  const rules = Object.entries(columns).map(([field, column]) => [field, usualRule(field as AidField, column, layout)]);
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

import { type AidContent, type AidField, aidFields, isEmptyValue } from "../../model/aid/aid.ts";
import type { Terminal } from "../terminal.ts";
import { valueStretches } from "./field-difference.ts";
import { layOut } from "./lay-out.ts";

/** Fields that summarise an aid. */
const mainFields: ReadonlySet<AidField> = new Set<AidField>([
  "description",
  "originUrl",
  "startDate",
  "submissionDeadline",
  "recurrence",
  "aidTypes",
  "targetedAudiences",
  "categories",
  "financers",
  "perimeters",
]);

const margin = "    ";

/** Renders the filled main fields of a new aid; with `whole`, all filled fields with complete texts. */
export function renderContent(
  content: Partial<AidContent>,
  colors: Terminal["colors"],
  options: { width: number; whole: boolean },
): string {
  const { width, whole } = options;
  const shown = aidFields.filter((field) => (whole || mainFields.has(field)) && field !== "name" && !isEmptyValue(content[field]));
  const column = Math.max(0, ...shown.map((field) => field.length));
  const beside = margin.length + column + 2;
  return shown
    .flatMap((field) =>
      layOut(valueStretches("shown", field, content[field], whole), colors, Math.max(width - beside, 20)).map(
        (line, place) => `${margin}${place === 0 ? colors.bold(field.padEnd(column)) : " ".repeat(column)}  ${line}`,
      ),
    )
    .join("\n");
}

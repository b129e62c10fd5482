import type { SourceContradiction } from "../model/plan/sharing.ts";
import { fieldName } from "./fields.ts";
import { french } from "./typography.ts";

/** Returns what two sources of an aid say about a field, as a sentence. */
export function contradictionMessage({ field, one, other, isSwapped }: SourceContradiction): string {
  const swapped = isSwapped ? french` (jour et mois inversés)` : "";
  const said = [one, other].map(({ connector, value }) => french`${valueMessage(value)} selon ${connector}`).join(", ");
  return french`Les sources se contredisent, ${fieldName(field)} : ${said}${swapped}.`;
}

function valueMessage(value: unknown): string {
  const day = typeof value === "string" ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) : null;
  if (day !== null) return `${day[3]}/${day[2]}/${day[1]}`;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

import { languageOfText, type TextLanguage } from "../../kit/values/text/language-of-text.ts";
import type { Survey } from "../survey.ts";
import { allTexts } from "./field-values.ts";

const recordsRead = 200;

/** Returns the language of a feed's long texts; French by default. */
export function languageOf({ fields, records }: Pick<Survey, "fields" | "records">): TextLanguage {
  const paths = fields
    .filter(({ kind, medianLength }) => ["html", "markdown", "lines", "text"].includes(kind) || medianLength > 60)
    .map(({ path }) => path);
  const text = paths
    .flatMap((path) => allTexts(records.slice(0, recordsRead), path))
    .join(" ")
    .slice(0, 400_000);
  return languageOfText(text) ?? "fr";
}

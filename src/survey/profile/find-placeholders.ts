import { cleanLine, foldTerm } from "../../kit/values/text/clean-text.ts";
import type { FeedAnalysis } from "./feed-analysis.ts";
import { countTexts, writtenTexts } from "./field-values.ts";

/** Patterns of folded texts that mean "empty". */
const phrases = [
  "a (?:defini?r|completer|renseigner|remplir|venir)(?: .{0,30})?",
  "champ non (?:publie|renseigne)",
  "non (?:specifie|renseigne|defini|precise|communique|publie|applicable|disponible)e?s?",
  "n/?a|n\\.a\\.|nc|neant|sans objet|aucune?",
  "null|none|undefined|nan",
  "-+|\\?+|\\.{2,}|x{2,}|lorem ipsum",
];
const saysNothing = new RegExp(`^(?:${phrases.join("|")})$`);
const longest = 60;
const maxShown = 12;

/** Finds texts that mean "empty", such as "A définir" and "Non spécifié", and dates that mean "no end", at the paths that rules `read`. */
export function findPlaceholders(feed: FeedAnalysis, read: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  for (const { path, kind } of feed.survey.fields) {
    if (!read.has(path) || kind === "empty" || kind === "yes-no") continue;
    const texts = feed.survey.records.flatMap((record) => writtenTexts(record, path));
    for (const { text } of countTexts(texts.filter((text) => text.length <= longest)).values()) {
      if (saysNothing.test(foldTerm(cleanLine(text)))) found.add(text.trim()).add(cleanLine(text));
    }
    if (kind === "date") for (const text of feed.dates(path)?.noEnd ?? []) found.add(text);
  }
  return [...found].filter((text) => text !== "").slice(0, maxShown);
}

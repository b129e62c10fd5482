import type { Child } from "hono/jsx";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { certaintyLabel } from "../../../french/survey.ts";
import { capitalize, counted, french } from "../../../french/typography.ts";
import { termLabel } from "../../../french/versions.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import { Badge } from "../../parts/badge.tsx";
import { truncate } from "../../parts/time.ts";

export function vocabularyInFrench(vocabulary: string): string {
  return capitalize(fieldNameOrKey(vocabulary));
}

/** Returns the labels of terms, `Communes, Départements`, or « ignoré » for an empty list. */
export function targetsInFrench(vocabulary: string, targets: readonly string[]): string {
  return targets.length === 0 ? "ignoré" : targets.map((target) => termLabel(vocabulary, target)).join(", ");
}

/** Returns a decision as a sentence, for the history of the connector. */
export function decisionInFrench(word: string, vocabulary: TermFileName, targets: readonly string[]): string {
  const quoted = french`« ${truncate(word, 80)} »`;
  return targets.length === 0 ? french`Mot ignoré : ${quoted}.` : french`Mot traduit : ${quoted}, ${targetsInFrench(vocabulary, targets)}.`;
}

/** Returns a word and its meaning: « Bourgs étoilés » = Communes. */
export function meaningInFrench(vocabulary: string, word: string, targets: readonly string[]): string {
  return french`« ${truncate(word, 60)} » = ${targetsInFrench(vocabulary, targets)}`;
}

/** Returns the URL of the page on which a person maps a word. */
export function wordHref(vocabulary: string, word: string): string {
  return `/mots/decider?${new URLSearchParams({ vocabulaire: vocabulary, mot: word })}`;
}

/** Lists up to `max` names and counts the others: `a, b, c et 12 autres`. */
export function listFew(names: readonly string[], max = 5): string {
  const more = names.length - max;
  return names.slice(0, max).join(", ") + (more > 0 ? ` et ${counted(more, "autre")}` : "");
}

export function Certainty({ certainty }: { readonly certainty: number }): Child {
  const tone = certainty >= 0.65 ? "success" : certainty >= 0.4 ? "warning" : "neutral";
  return <Badge tone={tone} label={certaintyLabel(certainty)} />;
}

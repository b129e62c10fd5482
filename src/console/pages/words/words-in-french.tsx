import type { Child } from "hono/jsx";
import { fieldNameOrKey } from "../../../french/fields.ts";
import { certaintyLabel } from "../../../french/survey.ts";
import { capitalize, french } from "../../../french/typography.ts";
import { termLabel } from "../../../french/versions.ts";
import type { TermFileName } from "../../../kit/rules/rule-context.ts";
import { Badge } from "../../parts/badge.tsx";
import { truncate } from "../../parts/time.ts";

/** What one of our lists is called. */
export function vocabularyInFrench(vocabulary: string): string {
  return capitalize(fieldNameOrKey(vocabulary));
}

/** Our terms as people read them: `Communes, Départements`; none: the word is ignored. */
export function targetsInFrench(vocabulary: string, targets: readonly string[]): string {
  return targets.length === 0 ? "ignoré" : targets.map((target) => termLabel(vocabulary, target)).join(", ");
}

/** A decision in one sentence, which the history of the connector keeps. */
export function decisionInFrench(word: string, vocabulary: TermFileName, targets: readonly string[]): string {
  const said = french`« ${truncate(word, 80)} »`;
  return targets.length === 0 ? french`Mot ignoré : ${said}.` : french`Mot traduit : ${said}, ${targetsInFrench(vocabulary, targets)}.`;
}

/** Where a word is decided. */
export function wordHref(vocabulary: string, word: string): string {
  return `/mots/decider?${new URLSearchParams({ vocabulaire: vocabulary, mot: word })}`;
}

/** How sure a suggestion is, in a word. */
export function Certainty({ certainty }: { readonly certainty: number }): Child {
  const tone = certainty >= 0.65 ? "success" : certainty >= 0.4 ? "warning" : "neutral";
  return <Badge tone={tone} label={certaintyLabel(certainty)} />;
}

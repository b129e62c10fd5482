import type { NumberedVocabulary } from "../../exports/numbers/term-numbers.ts";

interface ListedVocabulary {
  readonly vocabulary: NumberedVocabulary;
  readonly summary: string;
  readonly otherPaths?: readonly string[];
}

/** Lists of filter terms: their vocabulary, title and other paths, by the last part of their path. */
export const listedVocabularies = {
  audiences: { vocabulary: "targetedAudiences", summary: "Bénéficiaires" },
  types: { vocabulary: "aidTypes", summary: "Types d’aide" },
  steps: { vocabulary: "mobilizationSteps", summary: "États d’avancement du projet" },
  destinations: { vocabulary: "destinations", summary: "Natures de dépense" },
  recurrences: { vocabulary: "recurrence", summary: "Récurrences" },
  categories: { vocabulary: "categories", summary: "Thématiques", otherPaths: ["/api/categories/"] },
  themes: { vocabulary: "themes", summary: "Familles de thématiques", otherPaths: ["/api/themes/"] },
} as const satisfies Readonly<Record<string, ListedVocabulary>>;

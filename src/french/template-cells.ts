import { templateScales } from "../kit/platforms/moisson-template.ts";
import type { TemplateField } from "../kit/platforms/template-columns.ts";
import { type TemplateColumn, templateColumns, titlesOf } from "../kit/platforms/template-columns.ts";
import { vocabularies } from "../model/vocabularies.ts";

/** Instructions and example of a column. */
export interface TemplateNote {
  readonly note: string;
  /** A list for repeated columns. Days as `YYYY-MM-DD`. */
  readonly example: string | readonly string[];
  /** Instructions in the form for one aid, if they differ: notes speak of columns and cells. */
  readonly hint?: string;
}

const several = "Un terme par colonne, choisi dans la liste ; laissez vides les colonnes de trop.";

export const templateNotes: Readonly<Record<TemplateField, TemplateNote>> = {
  externalId: {
    note: "Un code ou un numéro qui désigne l’aide pour toujours : il ne change jamais et ne sert qu’une fois.",
    example: "EXEMPLE",
    hint: "Un code ou un numéro qui désigne l’aide pour toujours. Laissez vide : il sera fait à partir du titre.",
  },
  name: { note: "180 caractères au plus. Commence de préférence par un verbe à l’infinitif.", example: "Rénover les écoles communales" },
  description: {
    note: "L’aide et ses objectifs. Alt + Entrée passe à la ligne dans la cellule.",
    example: "Le département aide les communes à rénover leurs écoles.",
    hint: "L’aide et ses objectifs. Une ligne vide commence un paragraphe.",
  },
  eligibility: { note: "Qui et quoi peut être aidé, à quelles conditions.", example: "Communes de moins de 3 500 habitants." },
  projectExamples: { note: "Des projets déjà aidés.", example: "Isolation de l’école de Crest." },
  contact: { note: "À qui s’adresser, et comment : de préférence un service.", example: "Service des solidarités territoriales" },
  contactEmail: { note: "Une seule adresse, de préférence celle d’un service.", example: "aides@departement.example" },
  contactPhone: { note: "Un seul numéro.", example: "04 00 00 00 00" },
  originUrl: {
    note: "L’adresse de la page de l’aide sur votre site ; commence par https://.",
    example: "https://departement.example/aides/ecoles",
  },
  applicationUrl: { note: "L’adresse de la démarche en ligne.", example: "https://departement.example/demarches/ecoles" },
  targetedAudiences: { note: several, example: ["Communes", "Intercommunalités / Pays"], hint: "" },
  aidTypes: { note: several, example: ["Subvention"], hint: "" },
  destinations: {
    note: `${several} Obligatoire pour une aide financière.`,
    example: ["Dépenses d'investissement"],
    hint: "Obligatoire pour une aide financière.",
  },
  mobilizationSteps: { note: several, example: ["Mise en œuvre / réalisation"], hint: "" },
  categories: { note: several, example: ["Economie d'énergie et rénovation énergétique", "Equipement public"], hint: "" },
  recurrence: {
    note: "Ponctuelle : une seule fois ; récurrente : revient chaque année ; permanente : sans date de clôture.",
    example: "Récurrente",
  },
  startDate: { note: "Premier jour pour candidater, jj/mm/aaaa.", example: "2027-01-15", hint: "Premier jour pour candidater." },
  predepositDate: {
    note: "Dernier jour du pré-dépôt, s’il y en a un, jj/mm/aaaa.",
    example: "",
    hint: "Dernier jour du pré-dépôt, s’il y en a un.",
  },
  submissionDeadline: {
    note: "Dernier jour pour candidater, jj/mm/aaaa. Obligatoire si l’aide est ponctuelle ou récurrente.",
    example: "2027-06-30",
    hint: "Dernier jour pour candidater. Obligatoire si l’aide est ponctuelle ou récurrente.",
  },
  isCallForProject: { note: "oui ou non.", example: "non", hint: "" },
  shortTitle: { note: "Le sigle ou la référence d’un appel à projets, 64 caractères au plus.", example: "" },
  financers: { note: "Qui finance l’aide ; plusieurs noms se séparent par un point-virgule.", example: "Département d’Exemple" },
  instructors: { note: "Qui instruit les demandes ; plusieurs noms se séparent par un point-virgule.", example: "Département d’Exemple" },
  scale: {
    note: "Ce que désigne la colonne « Territoires ». Pour toute la France, la métropole, l’outre-mer ou l’Union européenne, elle suffit.",
    example: "Département",
    hint: "Ce que désignent les territoires ci-dessous. Pour toute la France, la métropole, l’outre-mer ou l’Union européenne, elle suffit.",
  },
  perimeters: {
    note: "Les noms (ou les codes, selon l’échelle choisie) des territoires où l’aide s’applique, séparés par un point-virgule.",
    example: "Drôme",
  },
  subventionRateUpperBound: { note: "Un nombre (50) ou deux (20 à 50).", example: "20 à 50" },
  subventionComment: { note: "Ce qu’il faut savoir du taux, 255 caractères au plus.", example: "selon le potentiel fiscal" },
  loanAmount: { note: "En euros, sans unité.", example: "" },
  recoverableAdvanceAmount: { note: "En euros, sans unité.", example: "" },
  otherFinancialAidComment: { note: "Une aide financière d’un autre genre, 100 caractères au plus.", example: "" },
  isCharged: { note: "oui, si le bénéficiaire paie pour recevoir l’aide.", example: "non" },
  europeanAid: { note: "Vide si l’aide n’est pas européenne.", example: "" },
  programs: { note: "Programmes dont l’aide fait partie, séparés par un point-virgule.", example: "" },
  keywords: { note: "Vos mots-clés, séparés par un point-virgule.", example: "école ; rénovation" },
  sourceUpdatedDate: {
    note: "Jour où vous avez relu cette ligne pour la dernière fois, jj/mm/aaaa.",
    example: "2026-11-02",
    hint: "Jour où cette aide a été relue pour la dernière fois.",
  },
};

export interface TemplateCell {
  readonly title: string;
  readonly isRequired: boolean;
  readonly note: string;
  /** Value in the example row. */
  readonly example: string;
  readonly holds: TemplateColumn["holds"];
  /** Allowed words, or null for any text. */
  readonly words: { readonly name: string; readonly labels: readonly string[] } | null;
}

/** All columns, in order. */
export const templateCells: readonly TemplateCell[] = templateColumns.flatMap((column: (typeof templateColumns)[number]) => {
  const { note, example } = templateNotes[column.field];
  const given: TemplateColumn = column;
  return titlesOf(column).map((title, index) => ({
    title,
    isRequired: given.isRequired === true && index === 0,
    note,
    example: typeof example === "string" ? example : (example[index] ?? ""),
    holds: given.holds,
    words: wordsOfColumn(given),
  }));
});

/** Returns the allowed words of a column, or null for any text. */
export function wordsOfColumn({ vocabulary, holds, title }: TemplateColumn): TemplateCell["words"] {
  if (vocabulary !== undefined) return { name: title, labels: vocabularies[vocabulary].map(({ label }) => label) };
  if (holds === "scale") return { name: title, labels: Object.keys(templateScales) };
  return holds === "yesNo" ? { name: "Oui ou non", labels: ["oui", "non"] } : null;
}

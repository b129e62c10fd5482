import type { Draft } from "../../../catalogue/connectors/draft-repository.ts";
import { DraftAnswers } from "./draft-answers.ts";

/** The steps of the wizard, in their order. */
export const draftSteps = [
  { path: "producteur", title: "Le producteur" },
  { path: "flux", title: "Son fichier ou son adresse" },
  { path: "lecture", title: "Comment le lire" },
  { path: "identifiant", title: "L’identifiant des aides" },
  { path: "champs", title: "Nos champs" },
  { path: "mots", title: "Ses mots" },
  { path: "apercu", title: "L’aperçu" },
  { path: "essai", title: "La première collecte" },
] as const;

/** The path of a step. */
export type StepPath = (typeof draftSteps)[number]["path"];

/** What was said so far. What an older version of the wizard kept and this one cannot read is asked again. */
export function answersOf({ answers }: Pick<Draft, "answers">): DraftAnswers {
  const whole = DraftAnswers.safeParse(answers);
  if (whole.success) return whole.data;
  const readable = Object.entries(answers).filter(([key, value]) => DraftAnswers.partial().safeParse({ [key]: value }).success);
  return DraftAnswers.parse(Object.fromEntries(readable));
}

/** The first step that is still to be gone over. */
export function nextStep(draft: Pick<Draft, "answers" | "upload">): StepPath {
  const { publisher, feed, seen = [] } = answersOf(draft);
  if (publisher === undefined) return "producteur";
  if (feed === undefined || draft.upload === null) return "flux";
  return draftSteps.find(({ path }) => path !== "producteur" && path !== "flux" && !seen.includes(path))?.path ?? "essai";
}

/** True where a step can be opened: what it needs was said. */
export function canOpen(step: StepPath, draft: Pick<Draft, "answers" | "upload">): boolean {
  const { publisher, feed } = answersOf(draft);
  if (step === "producteur") return true;
  if (step === "flux") return publisher !== undefined;
  return publisher !== undefined && feed !== undefined && draft.upload !== null;
}

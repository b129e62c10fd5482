import { z } from "zod";
import type { Draft } from "../../../../catalogue/connectors/draft-repository.ts";
import { publisherKinds } from "../../../../model/publisher/publisher-kinds.ts";
import { fileKinds, mayBeAids } from "../../../../model/survey/file-kind.ts";
import { slugsOf } from "../../../../model/vocabularies.ts";

/** The steps, in order. */
export const draftSteps = [
  { path: "producteur", title: "Le producteur" },
  { path: "flux", title: "Son fichier ou son adresse" },
  { path: "lecture", title: "Comment le lire" },
  { path: "champs/externalId", title: "L’identifiant des aides" },
  { path: "champs", title: "Nos champs" },
  { path: "mots", title: "Ses mots" },
  { path: "essai", title: "La première collecte" },
] as const;

/** The path of a step. */
export type StepPath = (typeof draftSteps)[number]["path"];

/** Parses the answers of a draft. */
export function answersOf({ answers }: Pick<Draft, "answers">): DraftAnswers {
  return DraftAnswers.parse(answers);
}

/** Returns the answers with a step marked as done. */
export function doneWith(answers: DraftAnswers, step: StepPath): DraftAnswers {
  return { ...answers, seen: [...new Set([...(answers.seen ?? []), step])] };
}

/** Returns the path of the step after this one, below the address of the draft. */
export function nextAfter(step: StepPath): string {
  return `/${draftSteps[draftSteps.findIndex(({ path }) => path === step) + 1]?.path ?? "essai"}`;
}

/** Returns the first step that is not done. */
export function nextStep(draft: Pick<Draft, "answers" | "upload">): StepPath {
  const answers = answersOf(draft);
  const { publisher, feed, seen = [] } = answers;
  if (publisher === undefined) return "producteur";
  if (feed === undefined || draft.upload === null) return "flux";
  if (isNoListOfAids(answers)) return "lecture";
  return draftSteps.find(({ path }) => path !== "producteur" && path !== "flux" && !seen.includes(path))?.path ?? "essai";
}

/** Returns true if the draft has the answers that a step needs. */
export function canOpen(step: StepPath, draft: Pick<Draft, "answers" | "upload">): boolean {
  const answers = answersOf(draft);
  const { publisher, feed } = answers;
  if (step === "producteur") return true;
  if (step === "flux") return publisher !== undefined;
  const hasFile = publisher !== undefined && feed !== undefined && draft.upload !== null;
  return hasFile && (step === "lecture" || !isNoListOfAids(answers));
}

/** Returns true if the file seems to be something else than a list of aids, and nobody has chosen to continue with it. */
export function isNoListOfAids({ fileKind, continuesWith }: Pick<DraftAnswers, "fileKind" | "continuesWith">): boolean {
  return fileKind !== undefined && !mayBeAids(fileKind) && continuesWith !== fileKind;
}

const PublisherAnswer = z.object({
  name: z.string(),
  kind: z.enum(publisherKinds),
  /** `scale:code` */
  territory: z.string(),
  website: z.string().optional(),
  siren: z.string().optional(),
  licence: z.enum(slugsOf("importShareLicence")),
  agreement: z.string(),
  contact: z.string(),
  id: z.string(),
});

const Terms = z.record(z.string(), z.record(z.string(), z.array(z.string()))).nullable();

/** What a revision had, as the change that leads back to it. `publisher` and `terms`: the answers before, if they changed. */
const Earlier = z.object({
  revision: z.number().int(),
  before: z.record(z.string(), z.unknown()),
  publisher: PublisherAnswer.nullable().optional(),
  terms: Terms.optional(),
});

/** The answers of the steps. */
export const DraftAnswers = z.object({
  /** Address of the lead that the draft was begun from. The step for the feed proposes it. */
  leadAddress: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  publisher: PublisherAnswer.optional(),
  feed: z.object({ way: z.enum(["file", "address"]), address: z.string().nullable(), name: z.string() }).optional(),
  /** The format, if a person corrected it. */
  reading: z
    .looseObject({ format: z.enum(["csv", "json", "xml", "excel", "yaml", "html"]) })
    .nullable()
    .optional(),
  /** The definition that the analysis of the file proposes. */
  proposed: z.record(z.string(), z.unknown()).optional(),
  /** The changes that people made to it, in the form of a version's changes. */
  changes: z.record(z.string(), z.unknown()).optional(),
  /** Changes that do not fit the current file, because it lacks a field. They count again with a file that has it. */
  unfit: z.record(z.string(), z.unknown()).optional(),
  /** Earlier revisions, newest first: see `definitionBefore`. */
  history: z.array(Earlier).optional(),
  /** What the file seems to be. */
  fileKind: z.enum(fileKinds).optional(),
  /** A person continues although the file seems to be this, and no list of aids. */
  continuesWith: z.enum(fileKinds).optional(),
  /** Completed steps. */
  seen: z.array(z.string()).optional(),
  /** The connector version that the draft created. */
  version: z.number().int().positive().optional(),
  terms: Terms.optional(),
});

/** The parsed answers of the steps. */
export type DraftAnswers = z.infer<typeof DraftAnswers>;

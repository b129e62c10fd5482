import type { ConnectorInput } from "../../kit/definition.ts";
import { foldTerm } from "../../kit/values/text/fold-term.ts";
import type { Bench } from "./bench.ts";
import { type Evidence, evidence } from "./evidence.ts";
import { countTexts } from "./field-values.ts";
import { nameWords } from "./name-words.ts";

const stateNames = new Set(["statut", "etat", "status", "state", "publie", "workflow", "publication"]);
const isNoAid =
  /^(?:brouillon|draft|archive|archivee?|archived|supprimee?|deleted|corbeille|trash|non publiee?|unpublished|depubliee?|private|prive)$/;
const mostStates = 15;

/** Leaves out records that the publisher marks as draft or archived, by value, so that new states are kept. */
export function proposeKeepWhen(
  bench: Bench,
): { readonly keepWhen: NonNullable<ConnectorInput["keepWhen"]>; readonly why: Evidence } | null {
  for (const { path, kind, distinct, isList } of bench.survey.fields) {
    if (kind !== "line" || isList || path.includes("[]") || distinct > mostStates || !nameWords(path).some((word) => stateNames.has(word)))
      continue;
    const states = [...countTexts(bench.texts(path)).values()].map(({ text }) => text);
    const drafts = states.filter((state) => isNoAid.test(foldTerm(state)));
    if (drafts.length === 0 || drafts.length === states.length) continue;
    return { keepWhen: { not: { field: path, isOneOf: drafts } }, why: evidence("drafts", { path, states: drafts.join(", ") }) };
  }
  return null;
}

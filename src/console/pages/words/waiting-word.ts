import { french } from "../../../french/typography.ts";
import { type WaitingWord, wordKey } from "../../../registry/terms/waiting-words.ts";
import { NotFound } from "../../route.ts";
import type { Visit } from "../../visit.ts";
import { readWords, type WordsRead } from "./read-words.ts";

/** The word that the address names, and all that waits beside it. @throws NotFound */
export async function waitingWord(visit: Visit): Promise<{ readonly word: WaitingWord; readonly read: WordsRead }> {
  const read = await readWords(visit);
  const word = read.byKey.get(wordKey(visit.query.get("vocabulaire") ?? "", visit.query.get("mot") ?? ""));
  if (word === undefined) {
    throw new NotFound(
      french`Ce mot n'attend pas de décision : quelqu'un l'a traduit ou ignoré entre-temps, ou il n'est plus dans aucun flux.`,
    );
  }
  return { word, read };
}

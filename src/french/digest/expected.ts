import type { ExpectedRuns } from "../../model/run/digest.ts";
import { counted, french } from "../typography.ts";
import { namesSentence, whoIs } from "./lines.ts";

/** Returns how many scheduled runs there should have been, and the names of the missing ones. */
export function expectedSentence({ expected, missing }: ExpectedRuns): string {
  if (expected === 0) return french`Aucune collecte n'était attendue.`;
  const all = counted(expected, "collecte attendue", "collectes attendues");
  if (missing.length === 0) return french`${all}, aucune ne manque.`;
  const names = [...new Set(missing.map(whoIs))];
  return french`${all}, ${counted(missing.length, "manque", "manquent")} : ${namesSentence(names)}`;
}

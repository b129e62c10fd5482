import type { Catalogue } from "../catalogue/open-catalogue.ts";
import { everything, type Pause } from "../catalogue/runs/schedule-repository.ts";
import { counted, french } from "../french/typography.ts";
import type { Visit } from "./visit.ts";

/** A free worker takes a run within seconds. A run that waits longer than this shows that no worker is active. */
const maxWaitSeconds = 180;

/** Returns a French sentence for the message of an act that requests a run: when all runs are paused, or "". */
export async function pausedNote({ catalogue }: Visit): Promise<string> {
  return (await globalPause(catalogue)) === null ? "" : french`Tout est en pause : elle commencera après la reprise.`;
}

/** Returns a French sentence that explains why a requested run cannot start now; "" if nothing prevents it. */
export async function runBlocker(visit: Visit): Promise<string> {
  return (await pausedNote(visit)) || ((await standstillSentence(visit)) ?? "");
}

/** Returns a French sentence if a run waits and no worker seems to be active; else null. */
export async function standstillSentence({ catalogue, now }: Visit): Promise<string | null> {
  const since = await catalogue.overview.standstill(maxWaitSeconds);
  if (since === null) return null;
  const minutes = Math.max(Math.floor((now.getTime() - since.getTime()) / 60_000), Math.floor(maxWaitSeconds / 60));
  const long = minutes < 120 ? counted(minutes, "minute") : counted(Math.floor(minutes / 60), "heure");
  return french`Les collectes demandées n'avancent pas depuis ${long} : prévenez l'équipe technique (aucun exécuteur, « moisson worker », ne répond).`;
}

/** Returns the pause of all runs; null if runs are not paused. */
export async function globalPause({ schedule }: Catalogue): Promise<Pause | null> {
  return (await schedule.pauses()).find(({ connector }) => connector === everything) ?? null;
}

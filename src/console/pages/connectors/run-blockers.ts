import { french } from "../../../french/typography.ts";
import { globalPause } from "../../global-pause.ts";
import { formatDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";

/** A free worker takes a run within seconds. A run that waits longer than this shows that no worker is active. */
const maxWaitSeconds = 180;

/** Returns a French sentence that explains why a requested run cannot start now; "" if nothing prevents it. */
export async function runBlocker(visit: Visit): Promise<string> {
  if ((await globalPause(visit.catalogue)) !== null) return french`Tout est en pause : elle commencera après la reprise.`;
  return (await standstillSentence(visit)) ?? "";
}

/** Returns a French sentence if a run waits and no worker seems to be active; else null. */
export async function standstillSentence({ catalogue }: Visit): Promise<string | null> {
  const since = await catalogue.overview.standstill(maxWaitSeconds);
  if (since === null) return null;
  return french`Aucun exécuteur ne semble travailler : une collecte attend depuis le ${formatDateTime(since)}. Vérifiez que « moisson worker » tourne.`;
}

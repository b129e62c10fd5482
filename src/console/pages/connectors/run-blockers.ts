import { everything } from "../../../catalogue/runs/schedule-repository.ts";
import { french } from "../../../french/typography.ts";
import { formatDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";

/** Idle workers take a run within seconds. */
const patienceSeconds = 180;

/** Returns a French sentence about what prevents requested runs from starting; "" if nothing is known. */
export async function runBlocker(visit: Visit): Promise<string> {
  const pause = (await visit.catalogue.schedule.pauses()).find(({ connector }) => connector === everything);
  if (pause !== undefined) return french`Tout est en pause : elle commencera après la reprise.`;
  return (await standstillSentence(visit)) ?? "";
}

/** Returns a French sentence if runs wait and no worker seems to be active, or null. On the embedded catalogue the console itself does the runs. */
export async function standstillSentence({ catalogue }: Visit): Promise<string | null> {
  const since = await catalogue.overview.standstill(patienceSeconds);
  if (since === null) return null;
  return french`Aucun exécuteur ne semble travailler : une collecte attend depuis le ${formatDateTime(since)}. Vérifiez que « moisson worker » tourne.`;
}

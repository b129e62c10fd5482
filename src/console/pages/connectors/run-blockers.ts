import { everything } from "../../../catalogue/runs/pause-repository.ts";
import { french } from "../../../french/typography.ts";
import { formatDateTime } from "../../parts/time.ts";
import type { Visit } from "../../visit.ts";

/** A worker that has nothing to do takes a run within seconds. */
const patienceSeconds = 180;

/** What keeps runs that are asked for from being done now, in whole sentences; "" where nothing is known to. */
export async function runBlocker(visit: Visit): Promise<string> {
  const pause = (await visit.catalogue.pauses.list()).find(({ connector }) => connector === everything);
  if (pause !== undefined) return french`Tout est en pause : elle commencera après la reprise.`;
  return (await standstillSentence(visit)) ?? "";
}

/** That nobody seems to do the runs that wait; null where somebody does, or none waits. The console itself does them on the embedded catalogue. */
export async function standstillSentence({ catalogue }: Visit): Promise<string | null> {
  const since = await catalogue.night.standstill(patienceSeconds);
  if (since === null) return null;
  return french`Aucun exécuteur ne semble travailler : une collecte attend depuis le ${formatDateTime(since)}. Vérifiez que « moisson worker » tourne.`;
}

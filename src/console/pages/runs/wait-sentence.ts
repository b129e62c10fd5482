import { french } from "../../../french/typography.ts";
import { formatDateTime, formatDuration } from "../../parts/time.ts";
import type { RunWait } from "./read-wait.ts";

/** What a run waits for, in one sentence. */
export function waitSentence({ pause, behind, seconds }: RunWait): string {
  if (pause !== null) {
    const what = pause.connector === "*" ? "Tout est en pause" : "Ce connecteur est en pause";
    return french`${what} depuis le ${formatDateTime(pause.at)}, à la demande de ${pause.by} : elle ne commencera qu'à la reprise.`;
  }
  if (behind !== null) return "Une autre collecte de ce connecteur est en cours.";
  if (seconds > 0) return french`Elle sera tentée de nouveau dans ${formatDuration(seconds * 1000)} environ.`;
  return french`Elle commencera dès qu'une machine sera libre.`;
}

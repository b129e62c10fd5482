import type { Outcome } from "../model/run/run-error.ts";
import { french } from "./typography.ts";

export { guardMessage } from "./guards.ts";
export { issueMessage } from "./issues.ts";
export { runErrorMessage } from "./run-errors.ts";

const outcomes: Readonly<Record<Outcome, string>> = {
  applied: "appliquée",
  "applied-with-rejects": french`appliquée ; des enregistrements n'ont pas pu être gardés`,
  unchanged: "sans changement",
  planned: french`préparée seulement : rien n'a été écrit`,
  held: french`retenue par un garde-fou : rien n'a été écrit, le catalogue est resté tel quel`,
  unreachable: french`serveur du producteur injoignable ; une nouvelle tentative peut réussir plus tard`,
  refused: french`accès au flux refusé ; quelqu'un doit s'en occuper`,
  unreadable: french`ce qui a été reçu n'est pas le flux que nous connaissons ; rien n'a été écrit`,
  "stopped-early": french`flux interrompu avant la fin ; rien n'a été écrit`,
  cancelled: french`arrêtée à la demande de quelqu'un`,
  abandoned: french`abandonnée ; une autre collecte a pris ou prendra le relais`,
  failed: french`en échec, de notre fait`,
};

/** What an outcome means, said of a collecte (feminine), without capital or full stop. */
export function outcomeMessage(outcome: Outcome): string {
  return outcomes[outcome];
}
